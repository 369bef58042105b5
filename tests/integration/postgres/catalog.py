"""What a schema is made of, as PostgreSQL's own catalogs tell it; the schema's name is left out, so two can be compared."""

from __future__ import annotations

from adapters.postgres.pool import Connection

QUERIES = {
    "columns": """
        select c.relname, a.attname, row_number() over (partition by c.relname order by a.attnum),
            format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
            a.attstorage, coalesce(l.collname, ''), pg_get_expr(d.adbin, d.adrelid)
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        left join pg_collation l on l.oid = a.attcollation
        where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0
            and not a.attisdropped
    """,
    "constraints": """
        select c.relname, k.conname, k.contype, k.convalidated, pg_get_constraintdef(k.oid)
        from pg_constraint k join pg_class c on c.oid = k.conrelid where k.connamespace = $1::regnamespace
    """,
    "indexes": """
        select c.relname, i.relname, pg_get_indexdef(i.oid), x.indisvalid
        from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        where c.relnamespace = $1::regnamespace
    """,
    "relations": """
        select c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
            array_to_string(c.reloptions, ',')
        from pg_class c where c.relnamespace = $1::regnamespace
    """,
    "sequences": """
        select c.relname, s.seqtypid::regtype::text, s.seqstart, s.seqincrement, s.seqmax, s.seqcycle
        from pg_sequence s join pg_class c on c.oid = s.seqrelid where c.relnamespace = $1::regnamespace
    """,
    "functions": """
        select p.proname, pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = $1::regnamespace
    """,
    "triggers": """
        select c.relname, t.tgname, pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = $1::regnamespace and not t.tgisinternal
    """,
    "policies": """
        select c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
        from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = $1::regnamespace
    """,
}


async def catalog_of(connection: Connection, schema: str) -> dict[str, list[str]]:
    """Comparable: each object as a line of text."""
    found: dict[str, list[str]] = {}
    for kind, query in QUERIES.items():
        rows = await connection.fetch(query, schema)
        found[kind] = sorted(
            repr(tuple(row.values())).replace(f"{schema}.", "").replace(f"'{schema}'", "") for row in rows
        )
    return found


async def tables_of(connection: Connection, schema: str) -> list[str]:
    rows = await connection.fetch(
        "select relname from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') order by 1",
        schema,
    )
    return [row["relname"] for row in rows]
