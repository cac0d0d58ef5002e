using System.Globalization;
using System.Text;

namespace DualDb.Rest;

/// <summary>The query part of an address: names and values, percent-encoded as they are written.</summary>
internal sealed class RestQuery
{
    private readonly StringBuilder _text = new();

    public RestQuery()
    {
    }

    private RestQuery(string text) => _text.Append(text);

    /// <summary>How long it is.</summary>
    public int Length => _text.Length;

    /// <summary>The same, to be gone on with.</summary>
    public RestQuery Copy() => new(_text.ToString());

    /// <summary>Adds a parameter, unless it has no value.</summary>
    /// <param name="name">The name: a word, or a column.</param>
    /// <param name="value">The value, as PostgREST is to read it; null for none.</param>
    public RestQuery Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public RestQuery Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public string Text() => _text.ToString();
}
