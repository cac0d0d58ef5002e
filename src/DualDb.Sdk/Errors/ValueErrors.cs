using System.Text.RegularExpressions;
using DualDb.Mapping;
using Npgsql;

namespace DualDb.Errors;

/// <summary>Values that their columns cannot hold: refused by mapping code, or class 22 from the server.</summary>
internal static partial class ValueErrors
{
    /// <summary>The exception for a value that mapping code refused before anything was sent.</summary>
    public static InvalidEntityException Refused(ColumnValueException refused, ErrorContext context)
    {
        var row = refused.RowIndex is { } index ? FormattableString.Invariant($" of row {index}") : "";
        var message = $"{context.Subject}: column {refused.Column}{row} {refused.Reason}. {refused.NextStep} Nothing was sent.";
        return new InvalidEntityException(message, refused)
        {
            Database = context.Database,
            Entity = context.EntityName,
            Column = refused.Column,
            RowIndex = refused.RowIndex,
        };
    }

    /// <summary>The exception, or null where the error is another's, or concerns no entity.</summary>
    public static InvalidEntityException? Translate(PostgresException answer, ErrorContext context)
    {
        if (context.Entity is not { } entity || Advice(answer.SqlState) is not { } advice)
        {
            return null;
        }

        var copy = CopyPattern().Match(answer.Where ?? "");
        var columns = answer.ColumnName is { } named ? [named]
            : copy.Groups["column"] is { Success: true, Value: var copied } ? [copied]
            : Suspects(answer, entity);
        var column = columns is [var only] ? only : null;
        return new InvalidEntityException($"{context.Subject}: {Name(columns, context)}: {ServerWords.Of(answer)}. {advice} Nothing of the statement was applied.", answer)
        {
            Database = context.Database,
            Entity = entity.Name,
            Column = column,
        };
    }

    private static string? Advice(string sqlState)
        => sqlState switch
        {
            PostgresErrorCodes.NumericValueOutOfRange => "Send a smaller number, or widen the column's type.",
            PostgresErrorCodes.StringDataRightTruncation => "Shorten the text, or widen the column's type.",
            PostgresErrorCodes.InvalidTextRepresentation => "Correct the value, or the column's type in the model.",
            PostgresErrorCodes.InvalidDatetimeFormat or PostgresErrorCodes.DatetimeFieldOverflow => "Send a date or time within the type's range.",
            PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => "Remove the characters that PostgreSQL cannot store (U+0000 among them).",
            PostgresErrorCodes.InvalidBinaryRepresentation => "The column has another type than the model says: align them.",
            _ => null,
        };

    private static string Name(IReadOnlyList<string> columns, ErrorContext context)
        => columns switch
        {
            [] => "a value does not fit its column",
            [var column] => $"the value of {context.MemberOf(column)} does not fit column {column}",
            _ => $"a value does not fit its column, which is one of {string.Join(", ", columns)}",
        };

    /// <summary>PostgreSQL does not say which column of an insert it was; the type in its words leaves few.</summary>
    private static string[] Suspects(PostgresException answer, EntityInfo entity)
    {
        var type = TypePattern().Match(answer.MessageText).Groups["type"].Value;
        var exact = Columns(entity, candidate => candidate.Equals(PostgresTypeNames.Normalize(type), StringComparison.Ordinal));
        if (exact.Length > 0)
        {
            return exact;
        }

        var family = PostgresTypeNames.FamilyOf(type);
        return family is null ? [] : Columns(entity, candidate => family.Equals(PostgresTypeNames.FamilyOf(candidate), StringComparison.Ordinal));
    }

    private static string[] Columns(EntityInfo entity, Func<string, bool> isSuspect)
        => [.. entity.Columns.Where(column => isSuspect(PostgresTypeNames.Normalize(column.PostgresType))).Select(column => column.Name)];

    [GeneratedRegex("^COPY [^,]+, line [0-9]+, column (?<column>[^:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CopyPattern();

    /// <summary>
    /// <c>value too long for type character varying(40)</c>, <c>integer out of range</c>, <c>numeric field overflow</c>,
    /// <c>invalid input syntax for type uuid: …</c>, <c>date/time field value out of range</c>, <c>invalid byte sequence for encoding</c>.
    /// </summary>
    [GeneratedRegex("for type (?<type>[a-z ]+(\\([0-9,]+\\))?)|^(?<type>smallint|integer|bigint|numeric|date/time|timestamp|date|interval)\\b|(?<type>byte sequence|character)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypePattern();
}
