"""study_folder"""
