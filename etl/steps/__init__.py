"""The acts of the pipeline, one module each; every act has its one home here."""
