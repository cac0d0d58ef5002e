using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>The values of an address. What is asked of it makes up the page's identity; what nobody asks for, such as the mark of a mail program, does not.</summary>
/// <param name="values">The query string.</param>
/// <param name="item">What follows the section in the path; null for nothing.</param>
internal sealed class PageQuery(IQueryCollection values, string? item = null)
{
    private const int LongestItem = 300;

    private readonly SortedDictionary<string, string> _asked = new(StringComparer.Ordinal);

    /// <summary>What follows the section in the path, such as the id of a saga; null for nothing. Only sections that ask for it have such pages.</summary>
    public string? Item
    {
        get
        {
            KnowsItem = true;
            return ValueParsing.Text("the address", item, LongestItem);
        }
    }

    /// <summary>Whether there is one.</summary>
    public bool HasItem => !string.IsNullOrEmpty(item);

    /// <summary>Whether anybody has asked for <see cref="Item"/>.</summary>
    public bool KnowsItem { get; private set; }

    /// <summary>Set by a section that has no such item: the answer is 404.</summary>
    public bool IsMissing { get; set; }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name, int maxLength = 200) => ValueParsing.Text(name, Ask(name), maxLength);

    /// <summary>A number; null where there is none.</summary>
    public long? Number(string name, long min = 0, long max = long.MaxValue) => ValueParsing.Number(name, Ask(name), min, max);

    /// <summary>The number of a page, from 1.</summary>
    public int Page(string name = "page") => (int)(Number(name, 1, 100_000) ?? 1);

    /// <summary>A UUID; null where there is none.</summary>
    public Guid? Id(string name) => ValueParsing.Id(name, Ask(name));

    /// <summary>A time; null where there is none.</summary>
    public DateTimeOffset? Time(string name) => ValueParsing.Time(name, Ask(name));

    /// <summary>One of the words of an enum; null where there is none.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
        => ValueParsing.Choice<T>(name, Ask(name));

    /// <summary>The path and the query below the dashboard's root, of what was asked for alone: <c>/audit?page=2</c>.</summary>
    public string Address(string section) => With(section, []);

    /// <summary>The same with other values; null removes one.</summary>
    public string With(string section, params IReadOnlyList<(string Name, string? Value)> changes)
    {
        var all = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in _asked)
        {
            all[name] = value;
        }

        foreach (var (name, value) in changes)
        {
            all[name] = value;
        }

        var address = new StringBuilder(section.Length > 0 ? "/" + section : "");
        if (KnowsItem && item is not null)
        {
            address.Append('/').Append(Uri.EscapeDataString(item));
        }

        var separator = '?';
        foreach (var (name, value) in all.Where(static one => !string.IsNullOrWhiteSpace(one.Value)))
        {
            address.Append(CultureInfo.InvariantCulture, $"{separator}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value!)}");
            separator = '&';
        }

        return address.ToString();
    }

    private string? Ask(string name)
    {
        var given = values[name];
        if (given.Count > 1)
        {
            throw new BadRequestValueException(name, "given once");
        }

        var value = given.Count == 0 ? null : given[0];
        if (!string.IsNullOrWhiteSpace(value))
        {
            _asked[name] = value;
        }

        return value;
    }
}
