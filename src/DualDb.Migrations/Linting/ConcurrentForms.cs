using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>Statements on indexes and materialised views that were written without the form that locks nobody out. Of what the migration creates itself, nobody knows yet.</summary>
internal sealed class ConcurrentForms
{
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);

    /// <summary>Notes what a statement creates.</summary>
    public void Take(StatementWords words)
    {
        var at = words.Say(1, "unique") ? 2 : 1;
        at = words.Say(at, "index") ? at + 1 : words.Say(1, "materialized", "view") ? 3 : 0;
        if (words.Say(0, "create") && at > 0)
        {
            at += words.Say(at, "concurrently") ? 1 : 0;
            _created.Add(NameAt(words, at).Name);
        }
    }

    /// <summary>Whether a statement lacks it.</summary>
    /// <param name="words">The statement.</param>
    /// <param name="tables">The tables that the migration creates.</param>
    public bool AreMissedBy(StatementWords words, CreatedTables tables)
        => words.Say(0, "drop", "index") ? !words.Say(2, "concurrently") && !AreCreated(words, 2)
            : words.Say(0, "refresh", "materialized", "view") ? !words.Say(3, "concurrently") && !AreCreated(words, 3)
            : words.Say(0, "reindex") && words.Find("concurrently") < 0 && !IsOfCreated(words, tables);

    private bool IsOfCreated(StatementWords words, CreatedTables tables)
    {
        var (table, index) = (words.Find("table"), words.Find("index"));
        return table > 0 ? tables.Contains(words.NameAt(table + 1).Name) : index > 0 && AreCreated(words, index + 1);
    }

    private bool AreCreated(StatementWords words, int at)
    {
        var (name, next) = NameAt(words, at);
        while (_created.Contains(name) && words[next] is ",")
        {
            (name, next) = NameAt(words, next + 1);
        }

        return _created.Contains(name);
    }

    // Without its schema: an index is made in the schema of its table, and dropped by its own.
    private static (string Name, int Next) NameAt(StatementWords words, int at)
    {
        at += words.Say(at, "if", "not", "exists") ? 3 : words.Say(at, "if", "exists") ? 2 : 0;
        var next = words.NameAt(at).Next;
        return (StatementTarget.Fold(words[next - 1]), next);
    }
}
