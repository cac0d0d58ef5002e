using System;
using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Reads an entity: symbols in, plain facts out.</summary>
internal static class EntityParser
{
    /// <summary>
    /// The facts of a type that carries <c>[Neon]</c> or <c>[Supabase]</c>; null for a type that carries neither.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static EntitySpec? Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        if (EntityHeader.Of(type) is not { } header)
        {
            return null;
        }

        var context = new ParseContext(type, compilation, sink, cancellationToken);
        CheckHeader(context, header);
        var level = DeclarationRules.Check(context, GeneratedNames.OfEntity(type.Name));
        var members = MemberCollector.Collect(context);
        var columns = ColumnParser.Parse(context, members);
        RoleRules.Check(context, columns);
        var visible = RelationParser.CheckSignatures(context, columns);
        var (key, keyIsGenerated) = KeyRules.Parse(context, visible, members.Exists(static member => member.Annotations.Key is not null));
        var references = LookupRules.Distinct(context, visible, RelationParser.References(context, header, visible));
        var uniques = LookupRules.Distinct(context, visible, RelationParser.Groups(context, visible, "constraint", static member => member.Unique));
        var indexes = RelationParser.Groups(context, columns, "index", static member => member.Index);
        var construction = type.IsStatic || type.IsAbstract ? null : ConstructorChooser.Choose(context, members);

        return new EntitySpec
        {
            Level = context.HasFaults ? DeclarationRules.Lower(level, EmissionLevel.Skeleton) : level,
            Type = TypeNames.Describe(type),
            Database = header.Database,
            Schema = header.Schema,
            Table = header.Table,
            Set = header.Set,
            Columns = columns.ConvertAll(static column => column.Column).ToEquatableArray(),
            Key = key,
            KeyIsGenerated = keyIsGenerated,
            Construction = context.HasFaults ? null : construction,
            Cache = CacheParser.Parse(type),
            References = references,
            Uniques = uniques,
            Indexes = indexes,
            Checks = CheckParser.Parse(context, columns),
            Comment = Annotations.FirstText(Annotations.Find(type, "CommentAttribute")),
            RenamedFrom = Annotations.FirstText(Annotations.Find(type, "RenamedFromAttribute")),
        };
    }

    private static void CheckHeader(ParseContext context, EntityHeader header)
    {
        if (header.Database == DatabaseKind.Neon && Annotations.Find(context.Entity, "SupabaseAttribute") is { } second)
        {
            context.Report(ProblemKind.BothDatabases, context.Entity, second);
        }

        NameRules.Check(context, context.Entity, header.Attribute, "table", header.Table);
        NameRules.Check(context, context.Entity, header.Attribute, "schema", header.Schema);
        NameRules.CheckSet(context, header.Attribute, header.Set);
        if (SetRules.ReservedFor(header.Set) is { } use)
        {
            context.Report(ProblemKind.SetNameReserved, context.Entity, header.Attribute, header.Set, use);
        }
    }
}
