using System.Net;

namespace DualDb.Rest;

/// <summary>
/// A selection in as many requests as its server's limit makes necessary: by the key of the last row where rows come in the order of their keys, so
/// that what others insert or delete meanwhile moves nothing across the border; by their number otherwise.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="asked">The selection, whose conditions are those of one request.</param>
internal sealed class RestPages(RestColumns columns, RestSelect asked)
{
    private RestSelect? _next;
    private IReadOnlyList<string>? _last;
    private long _count;
    private long? _first;

    /// <summary>What the next request asks for.</summary>
    public RestSelect Current => _next ?? asked;

    /// <summary>Refuses an answer that says to hold other rows than those behind the answers before: it would be asked for again and again.</summary>
    /// <param name="answer">The answer to what is asked for now.</param>
    /// <exception cref="RestFailure">The server goes by no offset.</exception>
    public void Check(HttpResponseMessage answer)
    {
        _first = RestRange.FirstOf(answer);
        if (IsBehindOthers && _first is { } first && first != Current.Skip)
        {
            throw IsStuck();
        }
    }

    /// <summary>Goes on behind an answer.</summary>
    /// <param name="last">Its last row; null where rows are no entities.</param>
    /// <param name="count">How many rows it held.</param>
    /// <returns>What the next request asks for.</returns>
    /// <exception cref="RestFailure">The answer was the one before, or may have been.</exception>
    public RestSelect GoOn(object? last, int count)
    {
        if (IsBehindOthers && _first is null)
        {
            throw IsStuck();
        }

        _count += count;
        _next = Behind(last) is { } behind && behind.LengthOf(columns) <= RestRequest.LongestAddress
            ? behind
            : asked with { Skip = (asked.Skip ?? 0) + _count, Take = asked.Take - _count };
        return _next;
    }

    // Always from what was asked for at first: an address that told of each answer before would grow.
    private RestSelect? Behind(object? last)
        => asked.KeyOf?.Invoke(last) is { } key && string.Equals(asked.Order, columns.KeyOrder, StringComparison.Ordinal)
            ? asked with { Groups = [RestKeyList.Both(asked.Groups[0], RestKeyList.After(columns, Advanced(key)))], Skip = null, Take = asked.Take - _count }
            : null;

    private bool IsBehindOthers => _count > 0 && Current.Skip is not null;

    private IReadOnlyList<string> Advanced(IReadOnlyList<string> key)
        => _last is null || !_last.SequenceEqual(key, StringComparer.Ordinal) ? _last = key : throw IsStuck();

    private static RestFailure IsStuck()
        => new(HttpStatusCode.OK, code: null, "the server was asked for the rows behind those that it gave, and did not answer with them: it passes over limit, offset or conditions");
}
