using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>The members that the rows of an answer must have, in the order of their ordinals.</summary>
/// <param name="members">The members.</param>
internal sealed class RowShape(IReadOnlyList<RowMember> members)
{
    private readonly byte[][] _names = [.. members.Select(static member => Encoding.UTF8.GetBytes(member.Name))];
    private readonly byte[][] _leads = [.. members.Select(static (member, ordinal) => LeadOf(member.Name, ordinal))];
    private readonly CellUse[] _uses = [.. members.Select(static member => member.Use)];
    private readonly string?[] _defaults = [.. members.Select(static member => member.Default)];

    public IReadOnlyList<RowMember> Members => members;

    public int Count => _names.Length;

    public ReadOnlySpan<byte> NameOf(int ordinal) => _names[ordinal];

    /// <summary>The bytes from the value before to this one in a row that is written as servers write them: <c>,"city":</c>.</summary>
    public ReadOnlySpan<byte> LeadOf(int ordinal) => _leads[ordinal];

    public CellUse UseOf(int ordinal) => _uses[ordinal];

    public string? DefaultOf(int ordinal) => _defaults[ordinal];

    private static byte[] LeadOf(string name, int ordinal)
    {
        var text = JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        return [(byte)(ordinal == 0 ? '{' : ','), (byte)'"', .. text, (byte)'"', (byte)':'];
    }
}

/// <summary>A member of a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Use">What it is to be read as.</param>
/// <param name="Default">What is read in place of null; null for null itself.</param>
/// <param name="IsCaseless">Whether texts that differ in the case of letters alone are one.</param>
internal sealed record RowMember(string Name, CellUse Use = CellUse.Value, string? Default = null, bool IsCaseless = false);
