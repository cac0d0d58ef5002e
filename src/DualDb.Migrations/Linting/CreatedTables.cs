using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>The tables that a migration creates itself: they are empty and unknown to others.</summary>
internal sealed class CreatedTables
{
    private static readonly string[] Fillers = ["unlogged", "temporary", "temp", "global", "local"];

    private readonly HashSet<string> _all = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _certain = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether one was created, as written; also where it may have been there before.</summary>
    public bool Contains(string name) => _all.Contains(name);

    /// <summary>Whether one was surely not there before.</summary>
    public bool IsNew(string name) => _certain.Contains(name);

    /// <summary>Notes what a statement creates.</summary>
    /// <returns>Whether it creates a table.</returns>
    public bool Take(StatementWords words)
    {
        var at = 1;
        while (words.SayAny(at, Fillers))
        {
            at++;
        }

        if (!words.Say(0, "create") || !words.Say(at, "table"))
        {
            return false;
        }

        var isConditional = words.Say(at + 1, "if", "not", "exists");
        var name = words.NameAt(isConditional ? at + 4 : at + 1).Name;
        _all.Add(name);
        if (!isConditional)
        {
            _certain.Add(name);
        }

        return true;
    }
}
