using DualDb.Migrations.Files;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Moving;

/// <summary>A table on its way from one database to the other.</summary>
/// <param name="Move">Its names.</param>
/// <param name="Source">The database that it comes from.</param>
/// <param name="Target">The database that it goes to.</param>
internal sealed record MovedTable(TableMove Move, PostgresDatabase Source, PostgresDatabase Target)
{
    /// <summary>Whether its keys may stand in messages.</summary>
    public bool ShowsKeys { get; init; }

    /// <summary>What the server answers to whoever writes it where it was.</summary>
    public string GoneMessage => $"{Move.From} was moved to {Target.Kind}, and takes no more writes in {Source.Kind}.";

    /// <summary>The next step of whoever is told that.</summary>
    /// <param name="since">Since when.</param>
    public string GoneHint(DateTimeOffset since)
        => $"Release the version of the application whose entity is marked [{Target.Kind}(\"{Move.To.Name}\", Schema = \"{Move.To.Schema}\")]. Writes are stopped here since {WriteStop.Text(since)}; where {Target.Kind} refuses them as well for longer than a moment, the switch broke off: dualdb migrations resume ends it. The way back, while nothing was written there: dualdb migrations down.";

    /// <summary>What the server answers to whoever writes it where it is going, too early.</summary>
    public string EarlyMessage => $"{Move.To} is being moved to {Target.Kind}, and takes no writes there before that is through; {Source.Kind} takes them until the switch.";

    /// <summary>The next step of whoever is told that.</summary>
    public string EarlyHint
        => $"Apply the phase switch (dualdb migrations up --through switch), and release the version that writes here behind it. Where {Source.Kind} refuses writes as well for longer than a moment, the switch, or its way back, broke off: dualdb migrations resume ends it.";

    /// <summary>The name of the table that rows come from, in SQL.</summary>
    public string From => SqlName.Of(Move.From.Schema, Move.From.Name);

    /// <summary>The name of the table that rows go to, in SQL.</summary>
    public string To => SqlName.Of(Move.To.Schema, Move.To.Name);

    public override string ToString() => $"{Move} from {Source.Kind} to {Target.Kind}";
}
