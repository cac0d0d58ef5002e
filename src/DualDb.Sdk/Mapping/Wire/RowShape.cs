using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>The members that the rows of an answer must have, in the order of their ordinals.</summary>
/// <param name="names">The members.</param>
/// <param name="defaults">What is read in place of null; null for null itself.</param>
internal sealed class RowShape(IReadOnlyList<string> names, IReadOnlyList<string?>? defaults = null)
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => _names.Length;

    public IReadOnlyList<string> Names => names;

    public string? DefaultOf(int ordinal) => defaults?[ordinal];

    public ReadOnlySpan<byte> NameOf(int ordinal) => _names[ordinal];
}
