namespace DualDb.Generators.Model;

/// <summary>How one value is held in .NET and in PostgreSQL.</summary>
internal sealed record ScalarSpec
{
    /// <summary>The .NET type; for an enum, the type under it.</summary>
    public required ScalarKind Kind { get; init; }

    /// <summary>The .NET type with <c>global::</c>, without <c>?</c>.</summary>
    public required string ClrType { get; init; }

    /// <summary>Whether the .NET type is a value type.</summary>
    public required bool IsValueType { get; init; }

    /// <summary>The form in which it travels.</summary>
    public required StorageKind Storage { get; init; }

    /// <summary>The enum; null for other types.</summary>
    public EnumSpec? Enum { get; init; }

    /// <summary>The serializer context, with <c>global::</c>; null except for <see cref="ScalarKind.JsonObject"/>.</summary>
    public string? JsonContext { get; init; }

    /// <summary>The bounds' type of a range; null for other types.</summary>
    public ScalarKind? RangeOf { get; init; }

    /// <summary>The most code points that <c>varchar(n)</c> or <c>char(n)</c> holds; null without a limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The digits of <c>numeric(p,s)</c>; null without a limit.</summary>
    public int? Precision { get; init; }

    /// <summary>The digits behind the point of <c>numeric(p,s)</c>.</summary>
    public int Scale { get; init; }

    /// <summary>
    /// The column's type without modifiers where it is not the one that travels (a domain, <c>citext</c>, an enum of PostgreSQL):
    /// parameters are cast to it, reads are cast from it. Null where nothing is cast.
    /// </summary>
    public string? CastType { get; init; }
}

/// <summary>An enum.</summary>
/// <param name="AsText">Whether names are stored instead of numbers.</param>
/// <param name="Members">Its members in declared order; empty where numbers are stored.</param>
/// <param name="Type">The type of PostgreSQL that is its own; null where it has none.</param>
internal sealed record EnumSpec(bool AsText, EquatableArray<EnumMemberSpec> Members, PostgresEnumSpec? Type = null);

/// <summary>An enum type of PostgreSQL, names not quoted.</summary>
internal sealed record PostgresEnumSpec(string Schema, string Name);

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name, without <c>@</c>.</param>
/// <param name="Value">Its number, in invariant digits.</param>
/// <param name="IsAlias">Whether an earlier member has the same number.</param>
/// <param name="CannotBeNamed">Whether naming it in code is an error (<c>[Obsolete(error: true)]</c>).</param>
internal sealed record EnumMemberSpec(string Name, string Value, bool IsAlias, bool CannotBeNamed);
