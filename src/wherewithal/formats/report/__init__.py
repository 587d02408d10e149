"""The writers of a report (``core.report.Report``): PDF, Word, web page, sheets, press notice."""
