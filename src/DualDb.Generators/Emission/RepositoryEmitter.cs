using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>IOrderRepository</c> and <c>OrderRepository</c>.</summary>
internal static class RepositoryEmitter
{
    public static void WriteInterface(SourceWriter writer, EntitySpec entity)
    {
        var contract = entity.With(ColumnRole.SoftDelete) is null ? "IRepository" : "ISoftDeleteRepository";
        writer.Separate();
        writer.Lines($"""
            /// <summary>Reads and writes <see cref="{entity.Type.FullName}"/> rows in {entity.Database}.</summary>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} partial interface I{entity.Type.Name}Repository : global::DualDb.{contract}<{entity.Type.FullName}, {KeyCode.Type(entity)}, {Transaction(entity)}>{(entity.Level == EmissionLevel.Full ? "," : "")}
            """);
        if (entity.Level == EmissionLevel.Full)
        {
            writer.Lines($"    global::DualDb.IQueryRepository<{entity.Type.FullName}, {Queried(entity)}, {Transaction(entity)}>");
        }

        writer.Open();
        if (entity.Level == EmissionLevel.Full)
        {
            PatchMethods.WriteDeclarations(writer, entity, Transaction(entity));
            if (entity.Cache is not null)
            {
                writer.Separate();
                writer.Lines($"""
                    /// <summary>The same repository, reading past the cache. What it writes is invalidated as ever.</summary>
                    {entity.Type.Sibling("I" + entity.Type.Name + "Repository")} Fresh();
                    """);
            }
        }

        foreach (var method in LookupMethods.Of(entity))
        {
            WriteDeclarations(writer, entity, method);
        }

        writer.Close();
    }

    public static void WriteClass(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        if (entity.Cache is null)
        {
            WriteHeader(writer, entity);
            writer.Open();
        }
        else
        {
            WriteCachedHeader(writer, entity);
            writer.Open();
            CachedLookups.Write(writer, entity, entity.Cache);
        }

        foreach (var method in LookupMethods.Of(entity))
        {
            WriteStatement(writer, method);
        }

        if (entity.Cache is not null)
        {
            WriteCachedConstructors(writer, entity);
        }

        PatchMethods.WriteImplementations(writer, entity, Transaction(entity));
        foreach (var method in LookupMethods.Of(entity))
        {
            WriteImplementations(writer, entity, method);
        }

        writer.Close();
    }

    private static void WriteHeader(SourceWriter writer, EntitySpec entity)
        => writer.Lines($"""
            /// <inheritdoc cref="{entity.Type.Sibling("I" + entity.Type.Name + "Repository")}"/>
            /// <param name="database">The database that holds the table.</param>
            /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
            /// <param name="cache">The cache of the same root, where views over the table may be kept; null where there is none.</param>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} sealed partial class {entity.Type.Name}Repository({Parameters(entity)})
                : {Base(entity, "")}(database, other, cache), {entity.Type.Sibling("I" + entity.Type.Name + "Repository")}
            """);

    private static void WriteCachedHeader(SourceWriter writer, EntitySpec entity)
        => writer.Lines($"""
            /// <inheritdoc cref="{entity.Type.Sibling("I" + entity.Type.Name + "Repository")}"/>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} sealed partial class {entity.Type.Name}Repository
                : {Base(entity, "Cached")}, {entity.Type.Sibling("I" + entity.Type.Name + "Repository")}
            """);

    private static void WriteCachedConstructors(SourceWriter writer, EntitySpec entity)
    {
        var name = entity.Type.Name + "Repository";
        writer.Separate();
        writer.Lines($"""
            /// <summary>Creates the repository over its database and the cache.</summary>
            /// <param name="database">The database that holds the table.</param>
            /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
            /// <param name="cache">The cache of the same root; null reads and writes without one.</param>
            public {name}({Parameters(entity)})
                : base(CachedRows, database, other, cache)
            """);
        writer.Lines("{");
        writer.Lines("}");
        writer.Blank();
        writer.Lines($"""
            private {name}({name} cached)
                : base(cached)
            """);
        writer.Lines("{");
        writer.Lines("}");
        writer.Blank();
        writer.Lines($"""
            /// <inheritdoc/>
            public {entity.Type.Sibling("I" + name)} Fresh() => new {name}(this);
            """);
    }

    private static string Parameters(EntitySpec entity)
    {
        var other = entity.Database == DatabaseKind.Neon ? DatabaseKind.Supabase : DatabaseKind.Neon;
        return $"global::DualDb.{entity.Database}Database database, global::DualDb.{other}Database? other = null, global::DualDb.DualDbCache? cache = null";
    }

    private static string Base(EntitySpec entity, string prefix)
    {
        var kind = entity.With(ColumnRole.SoftDelete) is null ? "Repository" : "SoftDeleteRepository";
        return $"global::DualDb.{prefix}{kind}<{entity.Type.FullName}, {KeyCode.Type(entity)}, {entity.Type.Sibling(entity.Type.Name + "Map")}, {Queried(entity)}, {Transaction(entity)}>";
    }

    private static void WriteDeclarations(SourceWriter writer, EntitySpec entity, LookupMethod method)
    {
        writer.Separate();
        writer.Lines(method.Documentation);
        writer.Lines("/// <param name=\"cancellationToken\">Cancels the read.</param>");
        writer.Lines($"{method.ReturnType} {method.Name}({method.Parameters}, {Token} = default);");
        writer.Blank();
        writer.Lines(method.Documentation);
        writer.Lines("/// <param name=\"transaction\">The transaction to read in.</param>");
        writer.Lines("/// <param name=\"cancellationToken\">Cancels the read.</param>");
        writer.Lines($"{method.ReturnType} {method.Name}({method.Parameters}, {Transaction(entity)} transaction, {Token} = default);");
    }

    private static void WriteStatement(SourceWriter writer, LookupMethod method)
    {
        writer.Separate();
        writer.Lines($"private static readonly global::DualDb.Mapping.Statement<{method.ArgumentType}> {method.StatementName} = new(");
        writer.Lines($"    {Identifier.Literal(method.Name)},");
        writer.Lines($"    [{string.Join(", ", method.Columns)}],");
        writer.RawString(method.Sql, ",");
        writer.Lines("    static (binder, argument) =>");
        writer.Indented(() =>
        {
            writer.Open();
            foreach (var line in method.Binding)
            {
                writer.Lines(line);
            }

            writer.Close(");");
        });
    }

    private static void WriteImplementations(SourceWriter writer, EntitySpec entity, LookupMethod method)
    {
        writer.Separate();
        writer.Lines("/// <inheritdoc/>");
        writer.Lines($"public {method.ReturnType} {method.Name}({method.Parameters}, {Token} = default) =>");
        writer.Lines($"    {method.CachedCall ?? method.Call("null")};");
        writer.Blank();
        writer.Lines("/// <inheritdoc/>");
        writer.Lines($"public {method.ReturnType} {method.Name}({method.Parameters}, {Transaction(entity)} transaction, {Token} = default) =>");
        writer.Lines($"    {method.Call("Given(transaction)")};");
    }

    private const string Token = "global::System.Threading.CancellationToken cancellationToken";

    private static string Queried(EntitySpec entity)
        => entity.Type.Sibling(entity.Type.Name + "Columns") + ", " + entity.Type.Sibling(entity.Type.Name + "Changes");

    private static string Transaction(EntitySpec entity) => $"global::DualDb.{entity.Database}Transaction";
}
