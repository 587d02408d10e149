-- The five forms of NI130 and the four of ASCOF 3D in 2024-25, by council and age group, as somebody who knows
-- DuckDB would write them once: one pass over the events, one row a person, one row a council. What the library
-- writes by itself from the definitions is timed beside this.
WITH events AS (
  SELECT
    LA_Code, person_key, Date_of_Birth, Date_of_Death,
    Client_Type = 'Service user' AS client,
    Client_Type IN ('Unpaid carer', 'Unpaid carer known by association') AS carer,
    Service_Type AS type, Service_Component AS component,
    coalesce(Event_Start_Date <= DATE '2025-03-31', false)
      AND coalesce(least(Event_End_Date, Date_of_Death) >= Event_Start_Date, true) AS sound,
    coalesce(least(Event_End_Date, Date_of_Death), DATE '9999-12-31') AS until,
    CASE
      WHEN Service_Component = 'Direct payment' OR Delivery_Mechanism = 'Direct payment' THEN 1
      WHEN Delivery_Mechanism = 'CASSR managed personal budget' THEN 2
      WHEN Delivery_Mechanism = 'CASSR commissioned support' THEN 3
      ELSE 4
    END AS held,
    Service_Type IN ('Short term support: ST-Max', 'Short term support: Ongoing low level',
                     'Short term support: Other short term') AS short,
    Primary_Support_Reason IN ('Sensory support: Support for visual impairment',
                               'Sensory support: Support for hearing impairment',
                               'Sensory support: Support for dual impairment') AS sensory
  FROM read_parquet($path)
),
settings AS (
  SELECT
    LA_Code, person_key, Date_of_Birth, Date_of_Death, held,
    CASE WHEN sound AND client AND until >= DATE '2025-03-31' THEN
      CASE type
        WHEN 'Long term support: Nursing care' THEN 1
        WHEN 'Long term support: Residential care' THEN 2
        WHEN 'Long term support: Community' THEN 2 + held
        WHEN 'Long term support: Prison' THEN 7
      END
    END AS client_rank,
    CASE WHEN sound AND carer AND until >= DATE '2024-04-01'
      AND type = 'Unpaid carer support: Direct to unpaid carer'
      AND (held IN (1, 4) OR component IS NOT NULL) THEN held
    END AS carer_rank,
    -- In how many of the five forms, each leaving out more than the one before it, the service is counted.
    CASE WHEN sound AND until >= DATE '2024-04-01' AND (
      client AND (short OR type = 'Long term support: Community')
      OR carer AND type = 'Unpaid carer support: Direct to unpaid carer'
    ) THEN
      CASE
        WHEN type = 'Short term support: ST-Max' OR component = 'Reablement' THEN 1
        WHEN type = 'Short term support: Other short term' AND component IN
          ('Short term residential care', 'Short term nursing care', 'Other short term support') THEN 2
        WHEN sensory AND (short OR component IN
          ('Equipment', 'Professional support: Social worker', 'Professional support: Other')) THEN 3
        WHEN short THEN 4
        ELSE 5
      END
    END AS forms
  FROM events
),
people AS (
  SELECT
    LA_Code, min(Date_of_Birth) AS born, max(Date_of_Death) AS died,
    min(client_rank) AS client_rank, min(carer_rank) AS carer_rank,
    max(forms) AS forms, max(CASE WHEN held <= 2 THEN forms END) AS directed
  FROM settings GROUP BY LA_Code, person_key
),
counted AS (
  SELECT
    LA_Code,
    born IS NULL AS no_age, born <= DATE '1960-03-31' AS old,
    CASE WHEN coalesce(died >= DATE '2025-03-31', true) THEN client_rank END AS client_rank,
    CASE WHEN coalesce(died >= DATE '2024-04-01', true) THEN carer_rank END AS carer_rank,
    CASE WHEN coalesce(died >= DATE '2024-04-01', true) THEN forms END AS forms,
    CASE WHEN coalesce(died >= DATE '2024-04-01', true) THEN directed END AS directed
  FROM people WHERE coalesce(born <= DATE '2007-03-31', true)
),
by_group AS (
  SELECT
    LA_Code, no_age, old,
    count(*) FILTER (client_rank BETWEEN 3 AND 6) AS "d ascof-3d-1a",
    count(*) FILTER (client_rank BETWEEN 3 AND 4) AS "n ascof-3d-1a",
    count(*) FILTER (client_rank BETWEEN 3 AND 6) AS "d ascof-3d-2a",
    count(*) FILTER (client_rank = 3) AS "n ascof-3d-2a",
    count(*) FILTER (carer_rank BETWEEN 1 AND 3) AS "d ascof-3d-1b",
    count(*) FILTER (carer_rank BETWEEN 1 AND 2) AS "n ascof-3d-1b",
    count(*) FILTER (carer_rank BETWEEN 1 AND 3) AS "d ascof-3d-2b",
    count(*) FILTER (carer_rank = 1) AS "n ascof-3d-2b",
    count(*) FILTER (forms >= 1) AS "d ni130-revised",
    count(*) FILTER (directed >= 1) AS "n ni130-revised",
    count(*) FILTER (forms >= 2) AS "d ni130-without-reablement",
    count(*) FILTER (directed >= 2) AS "n ni130-without-reablement",
    count(*) FILTER (forms >= 3) AS "d ni130-without-reablement-intermediate-care",
    count(*) FILTER (directed >= 3) AS "n ni130-without-reablement-intermediate-care",
    count(*) FILTER (forms >= 4) AS "d ni130-without-reablement-intermediate-care-sensory",
    count(*) FILTER (directed >= 4) AS "n ni130-without-reablement-intermediate-care-sensory",
    count(*) FILTER (forms >= 5) AS "d ni130-without-short-term",
    count(*) FILTER (directed >= 5) AS "n ni130-without-short-term"
  FROM counted GROUP BY LA_Code, no_age, old
)
SELECT * FROM by_group
