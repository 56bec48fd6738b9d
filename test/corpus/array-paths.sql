select * from d.t a, a.b
select 1 from d.t, t.b
select 1 from t, t.b
select 1 from d.t a join a.b on true
select 1 from d.t a left join a.b on true
select 1 from d.t a, (select 1 from a.b)
select 1 from d.t a where exists(select 1 from a.b)
select (select count(*) from a.b) from d.t a
select (select count(*) from (select * from a.b)) from d.t a
select (select count(*) from (select * from (select * from a.b))) from d.t a
select array(select as struct * from a.b) from d.t a
select k from d.t a order by (select count(*) from a.b)
select k from d.t a union all select secret from a.b
(select k from d.t a) order by (select count(*) from a.b)
(select k from d.t a) limit 1
select 1 from (d.t a join d.u q on true), a.b
select 1 from (d.t a join a.b on true)
select 1 from (d.t a join d.u q on true) join a.b on true
select 1 from d.u q join (d.t a join q.b on true) on true
select 1 from d.u q, (d.t a join q.b on true)
select 1 from d.t a join d.u q on exists(select 1 from a.b)
select 1 from d.t a join d.u q on exists(select 1 from q.b)
select 1 from d.t a join d.u q using (k), q.b
select 1 from unnest([struct([1] as b)]) a, a.b
select 1 from (select [1] as b) a, a.b
with a as (select [1] as b) select 1 from a, a.b
with a as (select * from t) select 1 from a q, a.b
with a as (select * from t) select 1 from a.b
with t as (select 1) select * from d.t
with a as (select (select count(*) from t.b) from t) select 1 from a
select (with z as (select * from a.b) select count(*) from z) from t a
select 1 from t a where k in (select x from a.b)
select 1 from t a, unnest(a.b) q, q.b
select 1 from t a cross join unnest(b) q join q.b on true
select 1 from t a qualify row_number() over (order by (select count(*) from a.b)) = 1
from t a |> join a.b
from t a |> where exists(select 1 from a.b)
from t |> as a |> where exists(select 1 from a.b)
from t a |> as q |> where exists(select 1 from a.b)
from t |> where exists(select 1 from t.b)
from t a |> select k |> where exists(select 1 from a.b)
from t a |> select * |> where exists(select 1 from a.b)
from t a |> aggregate count(*) as n |> where exists(select 1 from a.b)
from t a |> aggregate count(*) as n group by k |> where exists(select 1 from a.b)
from t a |> select k |> join a.b on true
from t a |> select k as z |> as q |> join a.b on true
from t a |> drop k |> where exists(select 1 from a.b)
from t a |> extend 1 as z |> where exists(select 1 from a.b)
from t a |> set k = 1 |> where exists(select 1 from a.b)
from t a |> rename k as z |> where exists(select 1 from a.b)
from t a |> limit 1 |> where exists(select 1 from a.b)
from t a |> order by k |> where exists(select 1 from a.b)
from t a |> distinct |> where exists(select 1 from a.b)
from t a |> where true |> union all (select * from t) |> where exists(select 1 from a.b)
from t a |> join d.u q using (k) |> where exists(select 1 from q.b)
from t a |> join (select 1 from a.b) on true
from t a |> select k |> union all (select secret from a.b)
from t a |> with z as (select * from a.b) |> join z on true
from t a |> with z as (select 1 from d.u) |> where exists(select 1 from a.b)
from t a |> select (select count(*) from a.b) as n
from t a |> extend (select count(*) from a.b) as n
from t a |> aggregate count(*) as n group by (select count(*) from a.b)
from t a |> aggregate max((select count(*) from a.b)) as n
from t a |> order by (select count(*) from a.b)
from t a |> tablesample system (10 percent) |> where exists(select 1 from a.b)
from t a |> window row_number() over () as r |> where exists(select 1 from a.b)
from t a |> assert exists(select 1 from a.b)
(from t a) |> where exists(select 1 from a.b)
(select * from t a) |> where exists(select 1 from a.b)
select * from t a |> where exists(select 1 from a.b)
select k from t a |> as q |> where exists(select 1 from a.b)
(select * from t) as a |> where exists(select 1 from a.b)
select * from t a order by k |> where exists(select 1 from a.b)
from t a |> pivot(count(*) for k in (1, 2)) |> where exists(select 1 from a.b)
select 1 from t a tablesample system (10 percent), a.b
select 1 from t a, lateral (select * from a.b)
select 1 from t a join lateral (select * from a.b) on true
select 1 from t a where exists(select 1 from (select 1 from d.u q), q.b)
select 1 from t a where exists((select 1 from a.b))
select 1 from t a where exists(select 1 from d.u a, a.b)
select 1 from t a where (select count(*) from a) > 1
select 1 from t a, A.b
select 1 from t A, a.B
select 1 from p.d.t, t.b
select 1 from p.d.t, d.t q, t.b
select 1 from p.d.t, d.b
select 1 from d.t q, d.b
update t set k = 1 from t.b where true
update t a set a.k = 1 from a.b where true
update t a set a.k = 1 from d.u q, q.b where true
update t a set a.k = (select count(*) from a.b) where true
update t a set a.k = (select count(*) from q.b) from d.u q where true
update t set k = 1 where exists(select 1 from t.b)
update t a set a.k = 1 from (select * from a.b) where true
update t a set a.k = 1 from d.u q join a.b on true where true
update t a set a.k = 1 from d.u q where exists(select 1 from a.b)
delete t where exists(select 1 from t.b)
delete t a where exists(select 1 from a.b)
merge t a using a.b on true when matched then delete
merge t a using d.u q on exists(select 1 from a.b) when matched then delete
merge t a using d.u q on exists(select 1 from q.b) when matched then delete
merge t a using d.u q on true when matched and exists(select 1 from a.b) then delete
merge t a using d.u q on true when not matched then insert (k) values ((select count(*) from q.b))
merge t a using d.u q on true when not matched then insert (k) values ((select count(*) from a.b))
merge t a using d.u q on true when not matched by source then update set k = (select count(*) from q.b)
merge t a using d.u q on true when not matched by source then update set k = (select count(*) from a.b)
merge t a using (select * from a.b) on true when matched then delete
merge t using t.b on true when matched then delete
insert t (k) select secret from t.b
insert t (k) values ((select count(*) from t.b))
insert t (k) select k from t a, a.b
insert t (k) with a as (select * from d.u) select k from a
insert into t (k) with t as (select 1 as k) select k from t
update t set (delete b where exists(select 1 from b.b)) where true
update t set (update b as q set q.x = (select count(*) from q.b) where true) where true
update t a set (delete a.b as q where exists(select 1 from a.b)) where true
create table z as select 1 as k from t a, a.b
create view z as with a as (select * from t) select 1 as k from a, a.b
