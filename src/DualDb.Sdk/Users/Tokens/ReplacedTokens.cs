namespace DualDb.Users;

/// <summary>The tokens that a refresh has replaced. A provider may go on handing them out, as a session does that nobody has told; whoever uses this holds a lock.</summary>
internal sealed class ReplacedTokens
{
    /// <summary>A provider hands out one of them, if any; the others are of calls that began before.</summary>
    private const int Most = 8;

    private readonly List<string> _tokens = new(Most);

    /// <summary>Whether a token is one of them. One that is asked for stays longer than the others.</summary>
    public bool Contains(string? token)
    {
        if (token is null || !_tokens.Remove(token))
        {
            return false;
        }

        _tokens.Add(token);
        return true;
    }

    public void Add(string token)
    {
        if (Contains(token))
        {
            return;
        }

        if (_tokens.Count == Most)
        {
            _tokens.RemoveAt(0);
        }

        _tokens.Add(token);
    }

    public void Remove(string token) => _tokens.Remove(token);
}
