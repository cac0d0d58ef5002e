namespace DualDb.Consistency.Sync.Verification;

/// <summary>The statements of the search for orphans. Values travel as texts, which both databases write and read alike.</summary>
/// <param name="reference">The reference.</param>
internal sealed class OrphanSql(SyncReference reference)
{
    private readonly string _column = Identifiers.Quote(reference.Column.Name);
    private readonly string _table = Identifiers.Quote(reference.Source.Schema, reference.Source.Table);

    /// <summary>The next values that are referred to, each once: <c>$1</c> the last one before, <c>$2</c> how many.</summary>
    public string Values => $"""
        select value::text from (
            select distinct {_column} as value from {_table}
            where {_column} is not null and ($1::text is null or {_column} > $1::text::{reference.Column.PostgresType}) order by value limit $2
        ) referred order by value
        """;

    /// <summary>Which of the values in <c>$1</c> no row has as its key.</summary>
    public string Missing => $"""
        select value from unnest($1::text[]) value
        where not exists (select from {Identifiers.Quote(reference.Target.Schema, reference.Target.Table)} t where t.{Identifiers.Quote(reference.Key.Name)} = value::{reference.Key.PostgresType})
        """;

    /// <summary>How many rows refer to each of the values in <c>$1</c>.</summary>
    public string Referring => $"""
        select {_column}::text, count(*) from {_table}
        where {_column} = any ($1::text[]::{reference.Column.PostgresType}[]) group by {_column} order by {_column}
        """;
}
