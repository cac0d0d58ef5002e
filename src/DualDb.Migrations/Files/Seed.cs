using System.Buffers;
using System.Security.Cryptography;

namespace DualDb.Migrations.Files;

/// <summary>A file of rows. It may be large, and is never held in memory as a whole.</summary>
/// <param name="Id">Which it is: <c>neon/seeds/countries</c>.</param>
/// <param name="Source">Where it was found, for messages.</param>
/// <param name="Open">Opens it.</param>
internal sealed record Seed(MigrationId Id, string Source, Func<Stream> Open)
{
    private const int Part = 1 << 16;

    /// <summary>A hash of its text. The line ends of the machine that checked the file out are nobody's change.</summary>
    public string Checksum()
    {
        using var stream = Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Part);
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            var kept = 0;
            for (var i = 0; i < read; i++)
            {
                buffer[kept] = buffer[i];
                kept += buffer[i] == '\r' ? 0 : 1;
            }

            hash.AppendData(buffer, 0, kept);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
