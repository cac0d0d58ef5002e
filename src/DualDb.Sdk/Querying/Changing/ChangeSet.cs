using DualDb.Errors;
using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>Gathers what an update sets.</summary>
internal static class ChangeSet
{
    public static TChanges Of<TEntity, TColumns, TChanges>(Action<TChanges> set, string operation, EntityInfo entity)
        where TEntity : class
        where TColumns : struct
        where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    {
        ArgumentNullException.ThrowIfNull(set);
        var changes = new TChanges();
        try
        {
            set(changes);
        }
        catch (ColumnValueException exception)
        {
            throw ErrorTranslator.Translate(exception, entity.Database, entity, operation);
        }

        return changes.Assignments.Count > 0
            ? changes
            : throw new ArgumentException($"{operation} of {entity.Name}: nothing is set. Name a column: set => set.{entity.Columns[^1].Member}(…).", nameof(set));
    }
}
