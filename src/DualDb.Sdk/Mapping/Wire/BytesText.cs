namespace DualDb.Mapping.Wire;

/// <summary><c>bytea</c> in its hexadecimal form.</summary>
internal static class BytesText
{
    public static byte[] Read(ReadOnlySpan<byte> text)
        => text.StartsWith("\\x"u8) ? Convert.FromHexString(text[2..]) : throw new FormatException("The answer holds no bytea in hexadecimal form.");

    public static string Of(byte[] value) => "\\x" + Convert.ToHexStringLower(value);
}
