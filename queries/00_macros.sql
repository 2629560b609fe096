-- The rules that several queries share; loaded before all other files.
-- A reason says how work stood at a stop (replay/return_rows.py); variables are set before a query
-- runs.

-- The log has this event column; elsewhere its values are all empty, and comparing them costs.
create or replace macro is_mapped(name) as list_contains(getvariable('log_columns'), name);

-- The largest integer: an instant or a step that never comes.
create or replace macro never() as 9223372036854775807;

-- Work stopped in the middle of a task (section 3 of the method).
create or replace macro is_mid_task(reason) as reason in ('mid_task', 'away_event');

-- Stops that the return rate is about: in the middle of a task, or all where nothing is known.
create or replace macro is_rated(reason) as is_mid_task(reason) or reason = 'unknown';

-- The log goes on for seven days after the stop.
create or replace macro is_followed_up(stop_us, log_end_us) as
stop_us + getvariable('follow_up_us') <= log_end_us;

-- The user came back within those seven days.
create or replace macro is_back_in_time(stop_us, return_us) as
return_us - stop_us <= getvariable('follow_up_us');

-- Work was reached within the cap.
create or replace macro is_reached(lag_us) as lag_us <= getvariable('cap_us');

-- Text of nothing but white space and invisible characters, as in sources/values.py.
create or replace macro is_blank(value) as
regexp_full_match(value, '[\s\p{Z}\p{Cc}\p{Cf}\x{115F}\x{1160}\x{2800}\x{3164}\x{FFA0}]*');

-- What programs write for a user whom they do not know, as anonymous or null, in any case.
create or replace macro is_placeholder(id) as
list_contains(getvariable('placeholder_ids'), lower(trim(id)));

-- The length of a gap in classes; results/common.py has the same limits.
create or replace macro gap_class(gap_us) as case
    when gap_us <= 3600000000 then 'up_to_1h'
    when gap_us <= 4 * 3600000000 then '1h_4h'
    when gap_us <= 16 * 3600000000 then '4h_16h'
    when gap_us <= 72 * 3600000000 then '16h_72h'
    else 'over_72h'
end;

-- Text that stands for no name: empty, or what programs write for null, as NULL and \N.
create or replace macro is_none(name) as
name = '' or coalesce(list_contains(getvariable('null_texts'), name), false);

-- Roles are sums of 1 productive, 2 completing, 4 idle, 8 ignored, 16 marker, 32 assignment,
-- 64 agent; sources/role_bits.py has the same bits.
create or replace macro is_productive(roles) as (roles & 1) <> 0;
create or replace macro is_completing(roles) as (roles & 2) <> 0;
create or replace macro is_ignored(roles) as (roles & 8) <> 0;
create or replace macro is_marker(roles) as (roles & 16) <> 0;
create or replace macro is_assignment(roles) as (roles & 32) <> 0;
create or replace macro is_agent(roles) as (roles & 64) <> 0;

-- Events with one of the last four roles take no part in the measurement.
create or replace macro is_set_aside(roles) as
is_ignored(roles) or is_marker(roles) or is_assignment(roles) or is_agent(roles);

-- A content is a kind in the upper 32 bits and a label in the lower.
create or replace macro content_of(kind_no, label_no) as kind_no::bigint << 32 | label_no;
create or replace macro kind_of(content) as content >> 32;
create or replace macro label_of(content) as content & 4294967295;

-- Devices are numbered from 1 on; 0 is unknown.
create or replace macro is_changed(before_no, after_no) as case
    when before_no > 0 and after_no > 0 then before_no <> after_no
end;

-- Two late rows of a user that arrive within 5 s of each other waited in an offline buffer where
-- their stamps are further apart, by more than delays vary.
create or replace macro is_buffered(stamps_us, arrivals_us) as
arrivals_us <= getvariable('buffer_us')
and stamps_us > arrivals_us + getvariable('delay_varies_us');

-- Of the values of a group, blanks left out: whether all are the same.
create or replace macro is_single(value) as min(value) = max(value);
