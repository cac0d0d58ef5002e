using System.Text;

namespace DualDb.Migrations.Files;

/// <summary>Text that has to be UTF-8: a letter of another encoding would go into the database as a question mark.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads all of it.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="source">Where they were found, for messages.</param>
    /// <exception cref="MigrationFileException">It is no UTF-8.</exception>
    public static string Read(Stream stream, string source)
    {
        try
        {
            using var reader = new StreamReader(stream, Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException fault)
        {
            throw MigrationFileException.Of(source, null, "it is not UTF-8; save it as UTF-8", fault);
        }
    }
}
