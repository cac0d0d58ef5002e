using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB04x: columns with a meaning or a form of their own.</summary>
internal static class ColumnRules
{
    public static readonly DiagnosticDescriptor VersionType = Error(
        "DDB040",
        "A version is an int or a long",
        "'{0}.{1}' cannot count versions: this '{2}' is no whole number that always has a value. Use int or long, not nullable, in an integer column.");

    public static readonly DiagnosticDescriptor TimestampType = Error(
        "DDB041",
        "A timestamp is a DateTimeOffset or a DateTime",
        "'{0}.{1}' cannot be [{2}]: the database's clock cannot be stored in this '{3}'. Use DateTimeOffset, or DateTime, in a timestamp column.");

    public static readonly DiagnosticDescriptor SoftDeleteType = Error(
        "DDB042",
        "The mark of a deleted row is a bool or a nullable time",
        "'{0}.{1}' cannot mark deleted rows: this '{2}' is neither a flag nor a time that may be missing. Use bool, DateTimeOffset? or DateTime? here.");

    public static readonly DiagnosticDescriptor JsonbNeedsContext = Error(
        "DDB043",
        "A type of your own needs a JsonSerializerContext",
        "'{0}.{1}' cannot be stored as JSON: nothing says how a '{2}' is serialised. Name a JsonSerializerContext that lists it: [Jsonb(typeof(…))].");

    public static readonly DiagnosticDescriptor JsonbNotAContext = Error(
        "DDB044",
        "[Jsonb] takes a JsonSerializerContext",
        "'{0}.{1}' cannot be stored as JSON: '{2}' is no JsonSerializerContext that generated code can name. Name a class that derives from JsonSerializerContext and is internal or public.");

    public static readonly DiagnosticDescriptor JsonbTypeNotListed = Error(
        "DDB045",
        "The JsonSerializerContext does not list the member's type",
        "'{0}.{1}' cannot be stored as JSON: '{3}' does not list '{2}'. Add [JsonSerializable(typeof({2}))] to '{3}'.");

    public static readonly DiagnosticDescriptor StoredAsTextNotEnum = Error(
        "DDB046",
        "Only an enum can be stored by name",
        "'{0}.{1}' cannot be stored by name: '{2}' is no enum. Remove [StoredAsText], or put it on a property whose type is one.");
}
