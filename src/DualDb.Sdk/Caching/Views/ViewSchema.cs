using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;

namespace DualDb.Caching;

/// <summary>The hash under which the payloads of a view are kept; for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewSchema
{
    private const int Bytes = 8;

    /// <summary>One hash of the view's own form and of the forms of its entities, which may be declared, and change, in other projects.</summary>
    /// <param name="view">The hash of which rows become which members.</param>
    /// <param name="entities">The hashes of its entities.</param>
    public static string Of(string view, params string[] entities)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(entities);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', [view, .. entities])));
        return Convert.ToHexStringLower(hash.AsSpan(0, Bytes));
    }
}
