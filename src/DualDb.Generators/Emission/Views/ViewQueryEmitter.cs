using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>HistoryColumns</c> and <c>HistoryQuery</c>, and how a reader begins one.</summary>
internal static class ViewQueryEmitter
{
    public static void WriteDeclarations(SourceWriter writer, ViewSpec view)
    {
        writer.Lines($"""
            /// <summary>Begins a query over all views.</summary>
            {Query(view)} Query();
            """);
        foreach (var (entity, members) in Entities(view))
        {
            writer.Blank();
            WriteSummary(writer, members);
            writer.Lines($"{Query(view)} Where({Parameter(view, entity)});");
        }
    }

    public static void WriteImplementations(SourceWriter writer, ViewSpec view)
    {
        writer.Separate();
        writer.Lines($"""
            /// <inheritdoc/>
            public {Query(view)} Query() => new(Begin(Plan{ViewPathsEmitter.Children(view, 0)}));
            """);
        foreach (var (entity, _) in Entities(view))
        {
            writer.Blank();
            writer.Lines($"""
                /// <inheritdoc/>
                public {Query(view)} Where({Parameter(view, entity)}) => Query().Where(filter);
                """);
        }
    }

    public static void WriteColumns(SourceWriter writer, ViewSpec view)
    {
        writer.Separate();
        writer.Lines($"""
            /// <summary>The members of <see cref="{view.Type.FullName}"/>, for conditions.</summary>
            {GeneratedFile.Attribute}
            {view.Type.Accessibility} readonly struct {view.Type.Name}Columns
            """);
        writer.Open();
        foreach (var member in Declared(view))
        {
            writer.Separate();
            writer.Lines($"""
                /// <summary>The columns of <c>{member.Name}</c>.</summary>
                public {view.Members[member.Rows].Entity.Columns} {ColumnsEmitter.Member(view.Type.Name, member.Name)} => new({Identifier.Number(member.Rows + 1)});
                """);
        }

        writer.Close();
    }

    public static void WriteQuery(SourceWriter writer, ViewSpec view)
    {
        var root = view.Members[0].Entity;
        var state = $"global::DualDb.Views.ViewQueryState<{view.Type.FullName}, {root.FullName}>";
        writer.Separate();
        writer.Lines($"""
            /// <summary>A query over <see cref="{view.Type.FullName}"/>.</summary>
            {GeneratedFile.Attribute}
            {view.Type.Accessibility} sealed class {view.Type.Name}Query : global::DualDb.ViewQuery<{view.Type.FullName}, {root.FullName}, {root.Columns}, {Query(view)}>
            """);
        writer.Open();
        writer.Lines($"""
            internal {view.Type.Name}Query({state} state)
                : base(state)
            """);
        writer.Open();
        writer.Close();
        foreach (var (entity, members) in Entities(view))
        {
            writer.Blank();
            WriteSummary(writer, members);
            writer.Lines($"public {Query(view)} Where({Parameter(view, entity)})");
            writer.Open();
            writer.Lines("global::System.ArgumentNullException.ThrowIfNull(filter);");
            writer.Lines("return And(filter(default));");
            writer.Close();
        }

        writer.Blank();
        writer.Lines($"""
            /// <inheritdoc/>
            protected override {Query(view)} Create({state} state) => new(state);
            """);
        writer.Close();
    }

    private static void WriteSummary(SourceWriter writer, IReadOnlyList<string> members)
        => writer.Lines($"""
            /// <summary>Keeps the views with a row of <c>{string.Join("</c>, or of <c>", members)}</c> that meets a condition, besides those before.</summary>
            /// <param name="filter">The condition, on the columns of one member.</param>
            """);

    private static string Parameter(ViewSpec view, ViewEntitySpec entity)
        => $"global::System.Func<{view.Type.Sibling(view.Type.Name + "Columns")}, global::DualDb.Filter<{entity.FullName}>> filter";

    private static string Query(ViewSpec view) => view.Type.Sibling(view.Type.Name + "Query");

    /// <summary>The entities that conditions can be about, each with its members: one overload for each.</summary>
    private static List<(ViewEntitySpec Entity, List<string> Members)> Entities(ViewSpec view)
    {
        var entities = new List<(ViewEntitySpec Entity, List<string> Members)>();
        foreach (var member in Declared(view))
        {
            var entity = view.Members[member.Rows].Entity;
            var known = entities.FindIndex(other => other.Entity.FullName == entity.FullName);
            if (known < 0)
            {
                entities.Add((entity, [member.Name]));
            }
            else
            {
                entities[known].Members.Add(member.Name);
            }
        }

        return entities;
    }

    private static EquatableArray<ViewMemberSpec> Declared(ViewSpec view) => view.Shape!.Members;
}
