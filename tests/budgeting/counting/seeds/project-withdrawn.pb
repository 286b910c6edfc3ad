META
key;value
description;A v58ava
instance;2026
num_projects;3
num_votes;2
budget;1000,50
vote_type;approval
rule;greedy
date_begin;01.09.202choose-1ax_sum_cost_per_category;500.25,700
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
