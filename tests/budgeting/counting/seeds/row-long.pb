META
key;value
budget;999999999
vote_type;scoring
instance;2273907
description;;󓴦1ù𯌀𕭆ö
subdistricts;0
PROJECTS
cost;project_id
VOTES
vote;points;voter_id

