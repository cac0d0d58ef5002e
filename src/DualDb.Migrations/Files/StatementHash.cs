using System.Security.Cryptography;
using System.Text;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>The hash of statements. It goes over what is run: the header, comments between statements and the way down may change afterwards.</summary>
internal static class StatementHash
{
    public static string Of(IEnumerable<SqlStatement> statements)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var statement in statements)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(statement.Text));
            hash.AppendData(";\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
