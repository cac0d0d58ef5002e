using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>The members that the rows of an answer must have, in the order of their ordinals.</summary>
/// <param name="members">The members.</param>
internal sealed class RowShape(IReadOnlyList<RowMember> members)
{
    private readonly byte[][] _names = [.. members.Select(static member => Encoding.UTF8.GetBytes(member.Name))];

    public IReadOnlyList<RowMember> Members => members;

    public ReadOnlySpan<byte> NameOf(int ordinal) => _names[ordinal];
}

/// <summary>A member of a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDocument">Whether it holds JSON of a column, and not what stands for a value.</param>
/// <param name="Default">What is read in place of null; null for null itself.</param>
internal sealed record RowMember(string Name, bool IsDocument = false, string? Default = null);
