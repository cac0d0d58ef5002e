using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB02x and DDB03x: the members of an entity, and its key.</summary>
internal static class MemberRules
{
    public static readonly DiagnosticDescriptor UnsupportedMemberType = Error(
        "DDB020",
        "A member's type has no column type",
        "'{0}.{1}' cannot be stored: no column type fits '{2}'. Mark it with [Jsonb(typeof(…))] to store it as JSON, or with [NotMapped] to leave it out.");

    public static readonly DiagnosticDescriptor UnsupportedColumnType = Error(
        "DDB021",
        "A declared column type does not fit the member",
        "'{0}.{1}' cannot be stored as '{3}': that is no PostgreSQL type which holds a '{2}'. Change Type in [Column], or remove it to take the default.");

    public static readonly DiagnosticDescriptor InaccessibleMemberType = Error(
        "DDB022",
        "A member's type must be visible to generated code",
        "'{0}.{1}' cannot be mapped: its type '{2}' is less visible than the code generated for '{0}'. Make the type as visible as '{0}', or mark the property with [NotMapped].");

    public static readonly DiagnosticDescriptor MemberCannotBeSet = Error(
        "DDB023",
        "A mapped member must be settable",
        "'{0}.{1}' cannot take a value from a row: it has neither a setter that '{0}' can call nor a constructor parameter of its name and type. Add one of them, or mark it with [NotMapped].");

    public static readonly DiagnosticDescriptor MemberCannotBeRead = Error(
        "DDB024",
        "A mapped member must be readable",
        "'{0}.{1}' cannot be written to a row: it has no getter that '{0}' can call. Add one, or mark it with [NotMapped].");

    public static readonly DiagnosticDescriptor MemberCannotBeUsed = Error(
        "DDB025",
        "A mapped member must be usable",
        "'{0}.{1}' cannot be mapped: it is marked [Obsolete] as an error, so no code may name it. Make that a warning, or mark it with [NotMapped].");

    public static readonly DiagnosticDescriptor DuplicateColumn = Error(
        "DDB026",
        "Two members have the same column",
        "'{0}.{1}' cannot be stored in the column '{2}': '{0}.{3}' already is. Name another column with [Column(\"…\")], or leave one of the two out with [NotMapped].");

    public static readonly DiagnosticDescriptor ConflictingAttributes = Error(
        "DDB027",
        "A column has one meaning",
        "'{0}.{1}' cannot be both [{2}] and [{3}]: each gives the column a meaning of its own. Keep one of them, or split the property in two.");

    public static readonly DiagnosticDescriptor DuplicateAttribute = Error(
        "DDB028",
        "An entity has one column of each meaning",
        "'{0}.{1}' cannot be [{2}]: '{0}.{3}' already is, and an entity has one such column at most. Remove one of the two annotations.");

    public static readonly DiagnosticDescriptor DuplicateLookup = Error(
        "DDB029",
        "Two members are looked up by the same method",
        "'{0}.{1}' cannot be looked up: its method '{2}' is already that of '{0}.{3}'. Rename one of the two properties, keeping its column with [Column(\"…\")].");

    public static readonly DiagnosticDescriptor UnsupportedKeyType = Error(
        "DDB030",
        "A key must be comparable by value and never null",
        "'{0}.{1}' cannot be a key: a '{2}' may be null, or is not compared by value. Use a number, text, Guid, date or enum that cannot be null.");

    public static readonly DiagnosticDescriptor UnsupportedGeneratedKeyType = Error(
        "DDB031",
        "The database cannot generate a key of this type",
        "The database cannot generate '{0}.{1}': it makes short, int and long keys in integer columns and Guid keys in uuid columns, not this '{2}'. Change the type, or remove Generated = true.");

    public static readonly DiagnosticDescriptor GeneratedCompositeKey = Error(
        "DDB032",
        "The database cannot generate a part of a composite key",
        "The database cannot generate '{0}.{1}': it is a part of a composite key. Remove Generated = true and set the value before inserting, or make one property the only key.");
}
