using System.Text;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>Reads the statements of a seed part by part, so that memory holds no more than a part and the statement that it cuts.</summary>
/// <param name="seed">The seed.</param>
internal sealed class SeedReader(Seed seed) : IDisposable
{
    private const int Part = 1 << 17;

    private readonly StreamReader _reader = new(seed.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
    private string _rest = "";
    private int _line = 1;
    private int _column = 1;
    private int _wanted = Part;
    private bool _isAtEnd;

    /// <summary>The next statements; none behind the last one.</summary>
    /// <exception cref="MigrationFileException">A statement cannot be part of a seed, or has no end.</exception>
    public IReadOnlyList<SqlStatement> Next()
    {
        while (!_isAtEnd)
        {
            var text = _rest + ReadPart();
            try
            {
                var statements = Take(text);
                if (statements.Count > 0)
                {
                    return statements;
                }
            }
            catch (SqlScanException fault)
            {
                throw MigrationFileException.Of(seed.Source, _line + new LinePositions(text).Of(fault.Position).Line - 1, fault.Message);
            }
        }

        return [];
    }

    public void Dispose() => _reader.Dispose();

    private List<SqlStatement> Take(string text)
    {
        var (found, end) = StatementSplitter.SplitSeed(text, new SeedPart(IsFirst: _line == 1 && _column == 1, _isAtEnd));

        // A statement of many megabytes is not looked through again for each part of it.
        _wanted = end > 0 ? Part : _wanted * 2;

        var statements = found.Select(AtPlace).ToList();
        var (lines, columns) = new LinePositions(text).Of(end);
        (_line, _column) = (_line + lines - 1, lines == 1 ? _column + columns - 1 : columns);
        _rest = text[end..];
        return statements;
    }

    private SqlStatement AtPlace(SqlStatement statement)
    {
        if (!statement.IsTransactional)
        {
            throw MigrationFileException.Of(seed.Source, _line + statement.Line - 1, "a seed is one transaction, and this statement cannot run in one; move it into a migration");
        }

        return statement with { Line = _line + statement.Line - 1, Column = statement.Line == 1 ? _column + statement.Column - 1 : statement.Column };
    }

    private string ReadPart()
    {
        var buffer = new char[_wanted + 1];
        int read;
        try
        {
            read = _reader.ReadBlock(buffer, 0, _wanted);
            _isAtEnd = read < _wanted;
            if (!_isAtEnd && buffer[read - 1] == '\r')
            {
                read += _reader.Read(buffer, read, 1);
            }
        }
        catch (DecoderFallbackException fault)
        {
            throw MigrationFileException.Of(seed.Source, null, "it is not UTF-8; save it as UTF-8", fault);
        }

        return LineEnds.Unify(new string(buffer, 0, read));
    }
}
