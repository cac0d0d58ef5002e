using System.Text;

namespace DualDb.Migrations;

/// <summary>What was written from a model.</summary>
public sealed class ScaffoldResult
{
    internal ScaffoldResult(IReadOnlyList<ScaffoldedChange> changes, IReadOnlyList<ScaffoldedFile> files, IReadOnlyList<string> hints, IReadOnlyList<MigrationFinding> findings)
    {
        Changes = changes;
        Files = files;
        Hints = hints;
        Findings = findings;
    }

    /// <summary>Whether the model is as it was, and nothing was written.</summary>
    public bool IsEmpty => Files.Count == 0;

    /// <summary>What changes, in the order in which it was found.</summary>
    public IReadOnlyList<ScaffoldedChange> Changes { get; }

    /// <summary>The files, in the order in which they are applied.</summary>
    public IReadOnlyList<ScaffoldedFile> Files { get; }

    /// <summary>What a person should look at: what may have been a rename, what loses data, what has to be filled.</summary>
    public IReadOnlyList<string> Hints { get; }

    /// <summary>What <see cref="DualDbMigrations.Lint()"/> says of the files.</summary>
    public IReadOnlyList<MigrationFinding> Findings { get; }

    /// <summary>The files, the changes and the hints, for people.</summary>
    public override string ToString()
    {
        if (IsEmpty)
        {
            return "Nothing to do: the model is as it was.";
        }

        var text = new StringBuilder().AppendJoin('\n', Files.Select(static file => file.Path));
        foreach (var change in Changes)
        {
            text.Append("\n- ").Append(change.Database).Append(": ").Append(change.Description).Append(change.IsDestructive ? " (destructive)" : "");
        }

        foreach (var hint in Hints)
        {
            text.Append("\n! ").Append(hint);
        }

        return text.ToString();
    }
}

/// <summary>A change that was found.</summary>
/// <param name="Database">Where.</param>
/// <param name="Description">What happens, such as <c>drops the column public.orders.note</c>.</param>
/// <param name="IsDestructive">Whether data is lost that cannot be brought back.</param>
public sealed record ScaffoldedChange(Database Database, string Description, bool IsDestructive);

/// <summary>A file that was written.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Text">What it says.</param>
public sealed record ScaffoldedFile(MigrationId Id, string Path, MigrationPhase Phase, string Text);
