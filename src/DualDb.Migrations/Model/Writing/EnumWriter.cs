using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes changes of enum types, but for those that are made anew: see <see cref="EnumRebuildWriter"/>.</summary>
/// <param name="files">The files of the database.</param>
internal sealed class EnumWriter(SqlFileSet files)
{
    public void Write(EnumChange change)
    {
        var type = change.Type;
        switch (change)
        {
            case EnumCreated:
                Create(type);
                break;
            case EnumExtended extended:
                Extend(extended);
                break;
            case EnumDropped:
                files.Contract.Add($"drop type {NameOf(type)};", down: null);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} cannot be written.", nameof(change));
        }
    }

    private void Create(EnumModel type)
    {
        if (!string.Equals(type.Schema, "public", StringComparison.Ordinal))
        {
            files.Expand.Add($"create schema if not exists {SqlName.Quote(type.Schema)};", "");
        }

        files.Expand.Add(CreateType(type), $"drop type if exists {NameOf(type)};");
    }

    // A value cannot be taken back. Each has its place behind the one before it, or before the first of those that were there.
    private void Extend(EnumExtended extended)
    {
        var values = extended.Type.Values;
        for (var i = 0; i < values.Count; i++)
        {
            if (!extended.From.Values.Contains(values[i], StringComparer.Ordinal))
            {
                var place = i > 0 ? $"after {SqlName.Literal(values[i - 1])}" : extended.From.Values.Count > 0 ? $"before {SqlName.Literal(extended.From.Values[0])}" : "";
                files.Values.Add($"alter type {NameOf(extended.Type)} add value if not exists {SqlName.Literal(values[i])} {place}".TrimEnd() + ";", down: null);
            }
        }
    }

    public static string CreateType(EnumModel type) => $"create type {NameOf(type)} as enum ({string.Join(", ", type.Values.Select(SqlName.Literal))});";

    public static string NameOf(EnumModel type) => SqlName.Of(type.Schema, type.Name);
}
