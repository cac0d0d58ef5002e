using System.ComponentModel;

namespace DualDb.Mapping;

/// <summary>
/// Written by the source generator: tells the generator of a referencing project which unified views this assembly holds.
/// </summary>
/// <param name="view">The view.</param>
/// <param name="reader">Its generated reader.</param>
/// <param name="readerInterface">The interface of that reader.</param>
/// <param name="set">The name of the reader property on a root.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DualDbViewAttribute(Type view, Type reader, Type readerInterface, string set) : Attribute
{
    /// <summary>The view.</summary>
    public Type View { get; } = view;

    /// <summary>Its generated reader.</summary>
    public Type Reader { get; } = reader;

    /// <summary>The interface of that reader.</summary>
    public Type ReaderInterface { get; } = readerInterface;

    /// <summary>The name of the reader property on a root.</summary>
    public string Set { get; } = set;
}
