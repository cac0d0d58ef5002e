using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>What the rows of an answer must hold, in the order of their ordinals.</summary>
internal sealed class RowShape
{
    private readonly byte[][] _names;
    private readonly string[] _texts;
    private readonly bool[] _isJson;

    /// <summary>Makes the shape of rows.</summary>
    /// <param name="columns">The names, and whether the column holds JSON.</param>
    public RowShape(IReadOnlyList<(string Name, bool IsJson)> columns)
    {
        _texts = [.. columns.Select(static column => column.Name)];
        _names = [.. _texts.Select(Encoding.UTF8.GetBytes)];
        _isJson = [.. columns.Select(static column => column.IsJson)];
    }

    public int Count => _names.Length;

    public string TextOf(int ordinal) => _texts[ordinal];

    public bool IsJson(int ordinal) => _isJson[ordinal];

    public ReadOnlySpan<byte> NameOf(int ordinal) => _names[ordinal];
}
