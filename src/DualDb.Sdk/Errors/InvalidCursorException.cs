using DualDb.Mapping;

namespace DualDb;

/// <summary>A cursor is none of this query's: it was made by another query, another order or another version, or was changed on its way.</summary>
/// <param name="message">What is wrong with it, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class InvalidCursorException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    internal static InvalidCursorException Because(EntityInfo entity, string reason, Exception? cause = null)
        => new($"The cursor of a page of {entity.Name} in {entity.Database} {reason}. Begin again at the first page: call ToPageAsync without a cursor.", cause)
        {
            Database = entity.Database,
            Entity = entity.Name,
        };
}
