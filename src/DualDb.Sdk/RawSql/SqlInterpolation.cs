using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DualDb.RawSql;
using Npgsql;

namespace DualDb;

/// <summary>
/// A statement written as an interpolated string: each hole becomes a positional parameter, so that no value can turn into SQL.
/// Text can join only through <see cref="SqlFragment"/>; a plain <see cref="string"/> is not accepted as a statement.
/// </summary>
/// <remarks>
/// A list or array is one parameter: <c>id = any({ids})</c>. Enums are sent as their numbers, <see cref="DateTimeOffset"/> and local
/// <see cref="DateTime"/> values as UTC, null without a type (add a cast where PostgreSQL asks for one: <c>{value}::text</c>).
/// </remarks>
/// <param name="literalLength">The length of the text; filled in by the compiler.</param>
/// <param name="formattedCount">How many holes there are; filled in by the compiler.</param>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SqlInterpolation(int literalLength, int formattedCount)
{
    /// <summary>Pieces of text, and a <see cref="Hole"/> in the place of each value: a part of another statement is numbered anew there.</summary>
    private readonly List<object> _parts = new((formattedCount * 2) + 1);

    /// <summary>The statement's text, with <c>$1</c>, <c>$2</c>, … in the places of the holes.</summary>
    internal string Sql
    {
        get
        {
            var sql = new StringBuilder(literalLength + (formattedCount * 3));
            var number = 0;
            foreach (var part in _parts)
            {
                _ = part is Hole ? sql.Append(CultureInfo.InvariantCulture, $"${++number}") : sql.Append((string)part);
            }

            return sql.ToString();
        }
    }

    /// <summary>Adds text. Called by the compiler.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.Add(value);

    /// <summary>Adds a parameter. Called by the compiler.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="expression">The hole's text, for messages.</param>
    /// <exception cref="ArgumentException">PostgreSQL cannot take the value.</exception>
    public void AppendFormatted<T>(T value, [CallerArgumentExpression(nameof(value))] string? expression = null)
        => _parts.Add(new Hole(SqlValue.Convert(value, expression)));

    /// <summary>Adds SQL text. Called by the compiler.</summary>
    /// <param name="fragment">The text.</param>
    public void AppendFormatted(SqlFragment fragment) => _parts.Add(fragment.Text);

    /// <summary>Adds a statement with its own parameters, such as a condition put together earlier. Called by the compiler.</summary>
    /// <param name="part">The statement.</param>
    public void AppendFormatted(SqlInterpolation part)
    {
        ArgumentNullException.ThrowIfNull(part);
        _parts.AddRange(part._parts);
    }

    /// <summary>A command with the statement's text and parameters.</summary>
    internal NpgsqlCommand CreateCommand()
    {
        var command = new NpgsqlCommand(Sql);
        Bind(command.Parameters);
        return command;
    }

    /// <summary>The same, as a part of a batch.</summary>
    internal NpgsqlBatchCommand CreateBatchCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        Bind(command.Parameters);
        return command;
    }

    private void Bind(NpgsqlParameterCollection parameters)
    {
        foreach (var hole in _parts.OfType<Hole>())
        {
            parameters.Add(new NpgsqlParameter { Value = hole.Value ?? DBNull.Value });
        }
    }

    private sealed record Hole(object? Value);
}
