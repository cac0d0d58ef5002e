using System.Diagnostics.CodeAnalysis;
using DualDb.Migrations.Files;

namespace DualDb.Migrations;

/// <summary>A migration by its database and its name, written <c>neon/20260101T1200_create_orders</c>.</summary>
/// <param name="Database">The database that it changes.</param>
/// <param name="Name">Its name there: the time of its creation and what it does, the file's name without <c>.sql</c>.</param>
readonly partial record struct MigrationId(Database Database, string Name) : IComparable<MigrationId>
{
    /// <summary>Whether it is a script that is run again whenever its text has changed, behind all others: <c>neon/R__order_totals</c>.</summary>
    public bool IsRepeatable => Name is not null && MigrationNames.IsRepeatable(Name);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The migration; the default where the text is none.</param>
    /// <returns>Whether the text is the name of a migration.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MigrationId id)
    {
        id = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !TryParseDatabase(text!.Substring(0, slash), out var database) || !MigrationNames.IsName(text.Substring(slash + 1)))
        {
            return false;
        }

        id = new MigrationId(database, text.Substring(slash + 1));
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not the name of a migration.</exception>
    public static MigrationId Parse(string text)
        => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' names no migration. Write the database and the name: neon/{MigrationNames.Form}.");

    /// <summary>By the time that the name begins with, of which one without seconds is the beginning of its minute, then by what the name says, and scripts that are repeatable behind all others; then Neon before Supabase.</summary>
    /// <param name="other">The other migration.</param>
    public int CompareTo(MigrationId other)
    {
        var byName = MigrationNames.Compare(Name, other.Name);
        return byName != 0 ? byName : Database.CompareTo(other.Database);
    }

    /// <summary>Compares as <see cref="CompareTo"/> does.</summary>
    public static bool operator <(MigrationId left, MigrationId right) => left.CompareTo(right) < 0;

    /// <summary>Compares as <see cref="CompareTo"/> does.</summary>
    public static bool operator >(MigrationId left, MigrationId right) => left.CompareTo(right) > 0;

    /// <summary>Compares as <see cref="CompareTo"/> does.</summary>
    public static bool operator <=(MigrationId left, MigrationId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares as <see cref="CompareTo"/> does.</summary>
    public static bool operator >=(MigrationId left, MigrationId right) => left.CompareTo(right) >= 0;

    /// <summary>Database and name: <c>neon/20260101T1200_create_orders</c>.</summary>
    public override string ToString() => $"{FolderOf(Database)}/{Name}";

    internal static string FolderOf(Database database) => database == Database.Neon ? "neon" : "supabase";

    internal static bool TryParseDatabase(string text, out Database database)
    {
        database = string.Equals(text, "supabase", StringComparison.Ordinal) ? Database.Supabase : Database.Neon;
        return string.Equals(text, FolderOf(database), StringComparison.Ordinal);
    }
}
