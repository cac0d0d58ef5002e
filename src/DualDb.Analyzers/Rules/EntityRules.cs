using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB00x and DDB01x: the declaration of an entity, its place on the root, and how an instance is made.</summary>
internal static class EntityRules
{
    public static readonly DiagnosticDescriptor NoKey = Error(
        "DDB001",
        "An entity needs a key",
        "No repository can be generated for '{0}': it has no key. Mark the identifying property with [Key].");

    public static readonly DiagnosticDescriptor BothDatabases = Error(
        "DDB002",
        "An entity lives in one database",
        "'{0}' cannot be stored in both databases: it carries [Neon] and [Supabase]. Keep one of them, and declare a second type for the other database.");

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "DDB003",
        "An entity and the types around it must be partial",
        "Nothing can be generated for '{0}': '{1}' is not partial, so nothing can be added to it. Add the partial modifier to '{1}'.");

    public static readonly DiagnosticDescriptor GenericType = Error(
        "DDB004",
        "An entity cannot be generic",
        "Nothing can be generated for '{0}': '{1}' is generic, and a table has one fixed list of columns. Annotate a type without type parameters; it may derive from a closed generic class.");

    public static readonly DiagnosticDescriptor StaticType = Error(
        "DDB005",
        "An entity cannot be static",
        "Nothing can be generated for '{0}': it is static, so no row can become an instance of it. Remove the static modifier.");

    public static readonly DiagnosticDescriptor AbstractType = Error(
        "DDB006",
        "An entity cannot be abstract",
        "Nothing can be generated for '{0}': it is abstract, so no row can become an instance of it. Remove the abstract modifier, or annotate the types that derive from it.");

    public static readonly DiagnosticDescriptor InaccessibleType = Error(
        "DDB007",
        "An entity must be visible to the whole project",
        "Nothing can be generated for '{0}': '{2}' is {1}, so generated code in another file cannot name it. Make '{2}' internal or public.");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        "DDB008",
        "A name must be one that PostgreSQL and C# take as it is",
        "The {1} of '{4}' cannot be named '{2}': {3}. Give it another name in its annotation.");

    public static readonly DiagnosticDescriptor GeneratedNameTaken = Error(
        "DDB009",
        "The name of a generated type is taken",
        "'{1}' cannot be generated for '{0}': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.");

    public static readonly DiagnosticDescriptor SetNameReserved = Error(
        "DDB010",
        "The name of a set is reserved",
        "'{0}' cannot have the set '{1}': the name is taken by {2}. Choose another one with Set = \"…\" in the annotation.");

    public static readonly DiagnosticDescriptor DuplicateSetName = Error(
        "DDB011",
        "Two entities have the same set",
        "'{0}' gets no property on the root: its set '{1}' is already that of '{2}'. Choose another one with Set = \"…\" in the annotation.",
        atEnd: true);

    public static readonly DiagnosticDescriptor NoUsableConstructor = Error(
        "DDB012",
        "An entity needs a constructor that a row can be passed to",
        "No '{0}' can be made from a row: {1}. Give it such a constructor (a private one will do), or one without parameters and properties that can be set.");

    public static readonly DiagnosticDescriptor RequiredMemberNotMapped = Error(
        "DDB013",
        "A required member must be mapped",
        "No '{0}' can be made from a row: '{0}.{1}' is required, and no column holds its value. Map it, remove the required modifier, or mark a constructor that sets it with [SetsRequiredMembers].");
}
