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
        }

        foreach (var method in LookupMethods.Of(entity))
        {
            WriteDeclarations(writer, entity, method);
        }

        writer.Close();
    }

    public static void WriteClass(SourceWriter writer, EntitySpec entity)
    {
        var name = entity.Type.Name;
        var baseClass = entity.With(ColumnRole.SoftDelete) is null ? "Repository" : "SoftDeleteRepository";
        var key = KeyCode.Type(entity);
        writer.Separate();
        writer.Lines($"""
            /// <inheritdoc cref="{entity.Type.Sibling("I" + name + "Repository")}"/>
            /// <param name="database">The database that holds the table.</param>
            /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} sealed partial class {name}Repository(global::DualDb.{entity.Database}Database database, global::DualDb.{(entity.Database == DatabaseKind.Neon ? DatabaseKind.Supabase : DatabaseKind.Neon)}Database? other = null)
                : global::DualDb.{baseClass}<{entity.Type.FullName}, {key}, {entity.Type.Sibling(name + "Map")}, {Queried(entity)}, {Transaction(entity)}>(database, other), {entity.Type.Sibling("I" + name + "Repository")}
            """);
        writer.Open();
        foreach (var method in LookupMethods.Of(entity))
        {
            WriteStatement(writer, method);
        }

        PatchMethods.WriteImplementations(writer, entity, Transaction(entity));
        foreach (var method in LookupMethods.Of(entity))
        {
            WriteImplementations(writer, entity, method);
        }

        writer.Close();
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
        writer.RawString(method.Sql, ",");
        writer.Lines("    static (parameters, argument) =>");
        writer.Indented(() =>
        {
            writer.Open();
            writer.Lines("var binder = new global::DualDb.Mapping.ParameterBinder(parameters);");
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
        writer.Lines($"    {method.Call("null")};");
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
