using System.Security.Cryptography;
using System.Text;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>The key under which a step speaks to services: a UUID in form, of what never changes.</summary>
internal static class IdempotencyKey
{
    public static string Of(string saga, string id, SagaWork work)
    {
        // U+0000 is in none of the parts, so that no two lists of parts come to the same text.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{saga}\0{id}\0{work.Step.Name}\0{work.Kind}"));
        return new Guid(hash.AsSpan(0, 16)).ToString("D");
    }
}
