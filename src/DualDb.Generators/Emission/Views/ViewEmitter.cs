using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the file of one view: its reader, and what the view tells of failures.</summary>
internal static class ViewEmitter
{
    private const string Views = "global::DualDb.Views.";

    public static string Emit(ViewSpec view)
    {
        var writer = GeneratedFile.Begin();
        if (view.Level == EmissionLevel.Full)
        {
            WriteAnnouncement(writer, view);
        }

        GeneratedFile.Beside(writer, view.Type, () =>
        {
            WriteInterface(writer, view);
            if (view.Level == EmissionLevel.Full)
            {
                WriteReader(writer, view, view.Shape!);
                ViewQueryEmitter.WriteColumns(writer, view);
                ViewQueryEmitter.WriteQuery(writer, view);
            }

            if (view.Shape is { IsPartial: true })
            {
                WriteFailures(writer, view);
            }
        });
        return writer.ToString();
    }

    // Referencing projects find the view by this attribute, without looking through all types.
    private static void WriteAnnouncement(SourceWriter writer, ViewSpec view)
    {
        writer.Lines($"""
            [assembly: global::DualDb.Mapping.DualDbView(
                typeof({view.Type.FullName}),
                typeof({view.Type.Sibling(view.Type.Name + "Reader")}),
                typeof({Contract(view)}),
                {Identifier.Literal(view.Set)})]
            """);
        writer.Blank();
    }

    private static void WriteInterface(SourceWriter writer, ViewSpec view)
    {
        writer.Lines($"""
            /// <summary>Reads <see cref="{view.Type.FullName}"/>{Sources(view)}.</summary>
            {GeneratedFile.Attribute}
            {view.Type.Accessibility} partial interface I{view.Type.Name}Reader : global::DualDb.IViewReader<{view.Type.FullName}, {Key(view)}>
            """);
        writer.Open();
        if (view.Level == EmissionLevel.Full)
        {
            ViewQueryEmitter.WriteDeclarations(writer, view);
            if (view.Cache is not null)
            {
                CachedViewEmitter.WriteDeclaration(writer, Contract(view));
            }
        }

        writer.Close();
    }

    private static void WriteReader(SourceWriter writer, ViewSpec view, ViewShapeSpec shape)
    {
        var fields = ViewFields.Of(view);
        writer.Separate();
        WriteHeader(writer, view);
        writer.Open();
        for (var i = 0; i < view.Members.Count; i++)
        {
            ViewRowsEmitter.Write(writer, view, fields, i);
        }

        WritePlan(writer, view, fields);
        ViewPathsEmitter.Write(writer, view, fields);
        if (view.Cache is not null)
        {
            CachedViewEmitter.WriteFacts(writer, view, view.Cache);
            CachedViewEmitter.WriteConstructors(writer, view, Contract(view));
        }

        ViewQueryEmitter.WriteImplementations(writer, view);
        new AssemblyEmitter(writer, view, fields).Write(shape);
        if (view.Cache is not null)
        {
            new ViewCodecEmitter(writer, view, fields).Write(shape);
        }

        writer.Close();
    }

    private static void WriteHeader(SourceWriter writer, ViewSpec view)
    {
        if (view.Cache is not null)
        {
            writer.Lines($"""
                /// <inheritdoc cref="{Contract(view)}"/>
                {GeneratedFile.Attribute}
                {view.Type.Accessibility} sealed partial class {view.Type.Name}Reader
                    : global::DualDb.CachedViewReader<{view.Type.FullName}, {Key(view)}>, {Contract(view)}
                """);
            return;
        }

        writer.Lines($"""
            /// <inheritdoc cref="{Contract(view)}"/>
            /// <param name="neon">The Neon database.</param>
            /// <param name="supabase">The Supabase database.</param>
            {GeneratedFile.Attribute}
            {view.Type.Accessibility} sealed partial class {view.Type.Name}Reader(global::DualDb.NeonDatabase neon, global::DualDb.SupabaseDatabase supabase)
                : global::DualDb.ViewReader<{view.Type.FullName}, {Key(view)}>(Plan, neon, supabase), {Contract(view)}
            """);
    }

    private static void WritePlan(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields)
    {
        var root = view.Members[0].Entity;
        var others = new List<string>(fields);
        others.RemoveAt(0);
        writer.Separate();
        writer.Lines($"""
            private static readonly {Views}ViewPlan<{view.Type.FullName}, {root.FullName}, {Key(view)}, {root.Map}> Plan = new(
                {Identifier.Literal(view.Type.Name)},
                {fields[0]},
                [{string.Join(", ", others)}],
                {AssemblyEmitter.Method});
            """);
    }

    private static void WriteFailures(SourceWriter writer, ViewSpec view)
    {
        writer.Separate();
        writer.Lines($"partial {view.Type.Keyword} {EntityEmitter.DeclaredName(view.Type)} : global::DualDb.IPartialView");
        writer.Open();
        writer.Lines($$"""
            // Any two of these are equal, so that views compare by their members alone.
            private readonly {{Views}}ViewFailures _failures;

            /// <inheritdoc/>
            public bool IsPartial => _failures.Items.Count > 0;

            /// <inheritdoc/>
            public global::System.Collections.Generic.IReadOnlyList<global::DualDb.ViewFailure> Failures
            {
                get => _failures.Items;
                init => _failures = new {{Views}}ViewFailures(value);
            }
            """);
        writer.Close();
    }

    private static string Contract(ViewSpec view) => view.Type.Sibling("I" + view.Type.Name + "Reader");

    // A skeleton knows no key.
    private static string Key(ViewSpec view) => view.Members.Count == 0 ? "object" : ViewCode.KeyType(view.Members[0].Entity);

    private static string Sources(ViewSpec view)
    {
        var sources = new List<string>();
        foreach (var database in new[] { DatabaseKind.Neon, DatabaseKind.Supabase })
        {
            var entities = new List<string>();
            foreach (var member in view.Members)
            {
                if (member.Entity.Database == database && !entities.Contains(member.Entity.Name))
                {
                    entities.Add(member.Entity.Name);
                }
            }

            if (entities.Count > 0)
            {
                sources.Add(string.Join(", ", entities) + " in " + database);
            }
        }

        return sources.Count == 0 ? "" : ": " + string.Join("; ", sources);
    }
}
