using System.Collections.Generic;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>OrderJoins</c>: rows of an entity with what they refer to, and the other way round, in one statement each.</summary>
internal static class JoinsEmitter
{
    private const string Join = "global::DualDb.RepositoryJoin";
    private const string Task = "global::System.Threading.Tasks.Task";
    private const string List = "global::System.Collections.Generic.IReadOnlyList";
    private const string Collection = "global::System.Collections.Generic.IReadOnlyCollection";
    private const string Token = "global::System.Threading.CancellationToken cancellationToken";

    public static string Emit(JoinsSpec joins)
    {
        var writer = GeneratedFile.Begin();
        if (joins.Type.Namespace is { } ns)
        {
            writer.Lines($"namespace {ns};");
            writer.Blank();
        }

        writer.Lines($"/// <summary>Joins <see cref=\"{joins.Type.FullName}\"/> rows with those of other entities, whichever database they are in.</summary>");
        writer.Lines(GeneratedFile.Attribute);
        writer.Lines($"{(IsPublic(joins) ? "public" : "internal")} static partial class {ClassName(joins.Type)}");
        writer.Open();
        var names = new HashSet<string>(System.StringComparer.Ordinal);
        foreach (var join in joins.Joins)
        {
            var reference = join.Reference;
            var role = Role(reference.Member);
            if (Free(names, joins.Set.RepositoryInterface, join.IsOnlyOne ? reference.TargetName : role, role, reference.Member) is { } forward)
            {
                WriteToOne(writer, joins, join, forward);
                WriteList(writer, joins, join, forward);
            }

            // A set may be called like its entity (Staff); the plain name is then left to what refers to it.
            var plain = join.IsOnlyOne && joins.Set.Name != joins.Type.Name ? joins.Set.Name : joins.Set.Name + "By" + role;
            if (Free(names, join.Target.RepositoryInterface, plain, joins.Set.Name + "By" + role, joins.Set.Name + "By" + reference.Member) is { } backward)
            {
                WriteToMany(writer, joins, join, backward);
            }
        }

        writer.Close();
        return writer.ToString();
    }

    private static void WriteToOne(SourceWriter writer, JoinsSpec joins, JoinSpec join, string name)
    {
        var (own, target) = (joins.Type, join.Target);
        writer.Separate();
        writer.Lines($"""
            /// <summary>Each row with the {join.Reference.TargetName} that its <c>{join.Reference.Member}</c> refers to: one statement in {target.Database}, however many rows.</summary>
            /// <param name="repository">The repository of the rows.</param>
            /// <param name="rows">The rows.</param>
            /// <param name="cancellationToken">Cancels the read.</param>
            /// <returns>The rows in their order, each with its {join.Reference.TargetName}; with null where it refers to none, or to one that is not there.</returns>
            public static {Task}<{List}<({own.FullName} {ElementName(own.Name)}, {target.Entity}? {Other(own.Name, name, "Referenced")})>> With{name}Async(this {joins.Set.RepositoryInterface} repository, {Collection}<{own.FullName}> rows, {Token} = default) =>
            """);
        writer.Indented(() => WriteToOneCall(writer, joins, join, name));
    }

    private static void WriteToOneCall(SourceWriter writer, JoinsSpec joins, JoinSpec join, string name)
    {
        var key = join.Reference;
        var given = !key.IsNullable ? key.Value : key.IsValueType ? key.Value + "!.Value" : key.Value + "!";
        writer.Lines($"{Join}.ToOneAsync<{joins.Type.FullName}, {key.KeyType}, {join.Target.Entity}>(");
        writer.Indented(() =>
        {
            writer.Lines("rows,");
            var mayBeNull = !key.IsValueType ? "[global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] " : "";
            writer.Lines($"static ({joins.Type.FullName} row, {mayBeNull}out {key.KeyType} key) =>");
            writer.Open();
            if (key.IsNullable)
            {
                writer.Lines($"var holdsKey = {key.Value} is not null;");
                writer.Lines($"key = holdsKey ? {given} : default!;");
                writer.Lines("return holdsKey;");
            }
            else
            {
                writer.Lines($"key = {given};");
                writer.Lines("return true;");
            }

            writer.Close(",");
            writer.Lines($"keys => new {join.Target.Repository}({Join}.{join.Target.Database}(repository)).FindManyAsync(keys, cancellationToken),");
            writer.Lines($"{join.Target.Map}.KeyOf);");
        });
    }

    private static void WriteList(SourceWriter writer, JoinsSpec joins, JoinSpec join, string name)
    {
        var own = joins.Type;
        foreach (var filter in new[] { $"global::System.Func<{own.Sibling(own.Name + "Columns")}, global::DualDb.Filter<{own.FullName}>>", $"global::DualDb.Filter<{own.FullName}>" })
        {
            WriteList(writer, joins, join, name, filter);
        }
    }

    private static void WriteList(SourceWriter writer, JoinsSpec joins, JoinSpec join, string name, string filter)
    {
        var own = joins.Type;
        writer.Separate();
        writer.Lines($"""
            /// <summary>The rows that meet a condition, each with the {join.Reference.TargetName} that its <c>{join.Reference.Member}</c> refers to: one statement per entity.</summary>
            /// <param name="repository">The repository of the rows.</param>
            /// <param name="filter">The condition.</param>
            /// <param name="cancellationToken">Cancels the reads.</param>
            public static async {Task}<{List}<({own.FullName} {ElementName(own.Name)}, {join.Target.Entity}? {Other(own.Name, name, "Referenced")})>> ListWith{name}Async(this {joins.Set.RepositoryInterface} repository, {filter} filter, {Token} = default) =>
                await repository.With{name}Async(await repository.Where(filter).ToListAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            """);
    }

    private static void WriteToMany(SourceWriter writer, JoinsSpec joins, JoinSpec join, string name)
    {
        var (own, target) = (joins.Type, join.Target);
        writer.Separate();
        writer.Lines($"""
            /// <summary>Each row with the {own.Name} rows whose <c>{join.Reference.Member}</c> refers to it, in the order of their keys: one statement in {joins.Set.Database}, however many rows.</summary>
            /// <param name="repository">The repository of the rows.</param>
            /// <param name="rows">The rows.</param>
            /// <param name="cancellationToken">Cancels the read.</param>
            public static {Task}<{List}<({target.Entity} {ElementName(join.Reference.TargetName)}, {List}<{own.FullName}> {Other(join.Reference.TargetName, joins.Set.Name, "Children")})>> With{name}Async(this {target.RepositoryInterface} repository, {Collection}<{target.Entity}> rows, {Token} = default) =>
                {Join}.ToManyAsync<{target.Entity}, {join.Reference.KeyType}, {own.FullName}>(
                    rows,
                    {target.Map}.KeyOf,
                    keys => new {joins.Set.Repository}({Join}.{joins.Set.Database}(repository)).{LookupRules.ListByMany(join.Reference.Member)}(keys, cancellationToken));
            """);
    }

    /// <summary>The first of several names that no other join of the repository has.</summary>
    private static string? Free(HashSet<string> names, string repository, params string[] candidates)
    {
        foreach (var candidate in candidates)
        {
            if (names.Add(repository + "." + candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    // BuyerId refers to the buyer.
    private static string Role(string member)
        => member.Length > 2 && member.EndsWith("Id", System.StringComparison.Ordinal) ? member.Substring(0, member.Length - 2) : member;

    private static string ElementName(string name) => Identifier.TupleElement(name) ?? "Row";

    // An entity may refer to itself, but no two elements of a tuple have one name.
    private static string Other(string first, string second, string otherwise) => ElementName(second) == ElementName(first) ? otherwise : ElementName(second);

    // Extension methods are declared in classes that nothing is around.
    private static string ClassName(TypeSpec type) => OuterName(type) + "Joins";

    /// <summary>The name of a type with those of the types around it, such as extension classes begin with.</summary>
    public static string OuterName(TypeSpec type)
    {
        var name = "";
        foreach (var outer in type.ContainingTypes)
        {
            name += outer.Name.TrimStart('@') + "_";
        }

        return name + type.Name;
    }

    private static bool IsPublic(JoinsSpec joins)
    {
        var isPublic = joins.Set.IsPublic;
        foreach (var join in joins.Joins)
        {
            isPublic &= join.Target.IsPublic;
        }

        return isPublic;
    }
}
