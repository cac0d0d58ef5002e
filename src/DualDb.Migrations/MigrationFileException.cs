using System.Globalization;

namespace DualDb.Migrations;

/// <summary>A migration cannot be read, or does not go with the others. No database was asked for anything.</summary>
/// <param name="message">The file, the line, what is wrong and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class MigrationFileException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>The file or the type that is meant, as its source names it.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1; null where the trouble lies in no single line.</summary>
    public int? Line { get; init; }

    internal static MigrationFileException Of(string file, int? line, string reason, Exception? cause = null)
    {
        var place = line is { } number ? string.Create(CultureInfo.InvariantCulture, $"{file}({number})") : file;
        return new MigrationFileException($"{place}: {reason}.", cause) { File = file, Line = line };
    }
}
