using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes a property of a root whose value is made when it is first asked for: on the interface, and in the class.</summary>
internal static class RootPropertyEmitter
{
    /// <summary>On the interface.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="root">The root.</param>
    /// <param name="type">The type of the property, with <c>global::</c>.</param>
    /// <param name="name">The property.</param>
    /// <param name="summary">What it is.</param>
    public static void WriteInterface(SourceWriter writer, TypeSpec root, string type, string name, string summary)
    {
        writer.Lines($"partial interface I{root.Name}");
        writer.Open();
        writer.Lines($$"""
            /// <summary>{{summary}}</summary>
            {{type}} {{name}} { get; }
            """);
        writer.Close();
    }

    /// <summary>In the class, made of the root and a registry.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="root">The root.</param>
    /// <param name="type">The type of the property, with <c>global::</c>.</param>
    /// <param name="name">The property.</param>
    /// <param name="local">What its value is called in the accessor.</param>
    /// <param name="field">The field behind it.</param>
    /// <param name="registry">The class that holds the registry.</param>
    public static void WriteClass(SourceWriter writer, TypeSpec root, string type, string name, string local, string field, string registry)
    {
        writer.Separate();
        writer.Lines($"partial class {EntityEmitter.DeclaredName(root)}");
        writer.Open();
        writer.Lines($$"""
            private {{type}}? {{field}};

            /// <inheritdoc/>
            public {{type}} {{name}}
            {
                get
                {
                    if ({{field}} is { } {{local}})
                    {
                        return {{local}};
                    }

                    // Where two threads meet here, both are given the one that came first.
                    {{local}} = new {{type}}(this, {{registry}}.Registry);
                    return global::System.Threading.Interlocked.CompareExchange(ref {{field}}, {{local}}, null) ?? {{local}};
                }
            }
            """);
        writer.Close();
    }
}
