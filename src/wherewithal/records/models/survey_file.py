"""A file that was given as an answer: with the draft first, with the reply from the hand-in on.

It tells whose a reply is, whatever is taken out of it. So an anonymous wave has none, no history is kept of
it, and it is destroyed with the key of its reply.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.records.models.survey import Draft, Reply


class AnswerFile(models.Model):
    """One file, without its authors (``formats/handed_in``). Its name stands in the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="files")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, related_name="files")
    question = models.CharField(max_length=100)
    kind = models.CharField(max_length=4, help_text="as core/file_kind has them")
    content = models.BinaryField()
    size = models.PositiveIntegerField("bytes")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False, reply=None) | Q(draft=None, reply__isnull=False),
                name="a_file_is_of_a_draft_or_of_a_reply",
            ),
            models.UniqueConstraint(fields=["draft", "question"], name="one_file_a_question_of_a_draft"),
            models.UniqueConstraint(fields=["reply", "question"], name="one_file_a_question_of_a_reply"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="an_answers_file_stays", fields=["id", "question", "kind", "content", "size"]
            ),
            pgtrigger.Protect(
                name="a_replys_file_comes_by_its_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.reply_id IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="a_file_is_its_drafts_then_its_replys",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        IF EXISTS (SELECT 1 FROM records_replykey WHERE reply_id = OLD.reply_id) THEN
                            RAISE EXCEPTION 'a_replys_file_goes_with_its_key';
                        END IF;
                        RETURN OLD;
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM records_replykey AS key
                                   JOIN records_draft AS draft ON draft.invitation_id = key.invitation_id
                                   WHERE key.reply_id = NEW.reply_id AND draft.id = OLD.draft_id) THEN
                        RAISE EXCEPTION 'a_file_goes_from_a_draft_to_its_own_reply';
                    END IF;
                    RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"File {self.pk.hex}"
