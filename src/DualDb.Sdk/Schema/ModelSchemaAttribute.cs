using System.ComponentModel;

namespace DualDb.Schema;

/// <summary>
/// Written by the source generator, one for each root: the tables that the root stands on, as data. Tools read it from the built assembly, without loading it.
/// </summary>
/// <param name="root">The name of the root.</param>
/// <param name="json">The schema, as JSON.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelSchemaAttribute(string root, string json) : Attribute
{
    /// <summary>The name of the root.</summary>
    public string Root { get; } = root;

    /// <summary>The schema, as JSON.</summary>
    public string Json { get; } = json;
}
