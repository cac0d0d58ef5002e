using System.Globalization;
using System.Runtime.InteropServices;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>A numbered thing in one of the databases, as addresses and forms have it: <c>neon-12</c>.</summary>
/// <param name="Source">The database.</param>
/// <param name="Id">The number.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(Database Source, long Id)
{
    private const string Form = "the place of an entry, such as neon-12";

    /// <exception cref="BadRequestValueException">It is malformed.</exception>
    public static Place? Parse(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        Database? source = dash < 0 ? null : text[..dash] switch { "neon" => Database.Neon, "supabase" => Database.Supabase, _ => null };
        return source is { } database && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new Place(database, id) : throw new BadRequestValueException(name, Form);
    }

    /// <summary>The place that a form has to name.</summary>
    public static Place Of(ActionForm form, string name) => Parse(name, form.Needed(name))!.Value;

    public (Database, long) ToPair() => (Source, Id);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word(Source)}-{Id}");

    public static string Word(Database database) => database == Database.Neon ? "neon" : "supabase";
}
