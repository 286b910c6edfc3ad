META
key;value
description;A vo110858a
instance;2026
num_projects;3
num_votes;2
budget;1000,50
vote_type;approval
r
voter_id;vote
7;1,02
008;A.ule;greedy
date_begin;01.09.2026
date_end;30.09.2026
categories;¯25,703/x0
min_length_per_category;1
max_sum_cost;1200
comment;"#1: a; ""b""
c"
PROJECTS
project_id;cost;votes;score;category;target;selected;neighborhood;name
1;600.25;1;1;a,b;young;1;N;"x;""y"""
02;800;1;1;b;;0;;
A.3/x;999999999;1;1;;;2;S;
VOTES
voter_id;vote
7;1,02
008;A.3/x
